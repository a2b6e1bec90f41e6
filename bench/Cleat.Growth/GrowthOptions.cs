using System.Globalization;
using Cleat.Growth.Inputs;

namespace Cleat.Growth;

/// <summary>The command line, behind the program that is measured.</summary>
/// <param name="Multiples">The sizes, as multiples of size 1; null for as many as it takes.</param>
/// <param name="Limit">Processor time that one run may take.</param>
internal sealed record GrowthOptions(string Program, IReadOnlyList<GrowthInput> Inputs, IReadOnlyList<int>? Multiples, TimeSpan Limit)
{
    public static GrowthOptions? Read(string[] args, out string mistake)
    {
        mistake = "";
        string? program = null;
        List<string> only = [];
        List<int>? multiples = null;
        var limit = 60;
        var option = "";
        foreach (var arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal))
            {
                option = arg;
                continue;
            }

            switch (option)
            {
                case "" when program is null:
                    program = Path.GetFullPath(arg);
                    break;
                case "--only":
                    only.Add(arg);
                    break;
                case "--sizes":
                    multiples = [.. arg.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
                    break;
                case "--timeout":
                    limit = int.Parse(arg, CultureInfo.InvariantCulture);
                    break;
                default:
                    mistake = $"{option} {arg}: usage: bench/growth [CLEAT] [--only NAME…] [--sizes 1,2,4,8] [--timeout SECONDS]";
                    return null;
            }
        }

        if (program is null || !File.Exists(program))
        {
            mistake = $"there is no program {program}";
            return null;
        }

        List<GrowthInput> inputs = [.. GrowthInputs.All.Where(i => only.Count == 0 || only.Any(o => i.Name == o || i.Format == o))];
        if (inputs.Count == 0)
        {
            mistake = $"no input is called {string.Join(" or ", only)}";
            return null;
        }

        return new(program, inputs, multiples, TimeSpan.FromSeconds(limit));
    }
}
