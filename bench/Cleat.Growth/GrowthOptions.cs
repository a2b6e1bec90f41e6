using System.Globalization;
using Cleat.Growth.Inputs;

namespace Cleat.Growth;

/// <summary>The command line.</summary>
/// <param name="Program">What is measured.</param>
/// <param name="Multiples">The sizes, as multiples of size 1; null for as few as it takes.</param>
/// <param name="Limit">Processor time that one run may take.</param>
internal sealed record GrowthOptions(string Program, IReadOnlyList<GrowthInput> Inputs, IReadOnlyList<int>? Multiples, TimeSpan Limit)
{
    public const string Usage = "bench/growth [NAME…] [--cleat PROGRAM] [--sizes 1,2,4,8] [--timeout SECONDS]; a NAME is a format, or an input of one";

    public static GrowthOptions? Read(string[] args, out string mistake)
    {
        mistake = "";
        string? program = null;
        List<string> names = [];
        List<int>? multiples = null;
        var limit = 20;
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--cleat":
                    program = Path.GetFullPath(value);
                    i++;
                    break;
                case "--sizes":
                    multiples = [.. value.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
                    i++;
                    break;
                case "--timeout":
                    limit = int.Parse(value, CultureInfo.InvariantCulture);
                    i++;
                    break;
                case ['-', ..]:
                    mistake = $"{args[i]}: usage: {Usage}";
                    return null;
                default:
                    names.Add(args[i]);
                    break;
            }
        }

        if (program is null || !File.Exists(program))
        {
            mistake = $"there is no program {program}";
            return null;
        }

        if (names.Find(name => !GrowthInputs.All.Any(i => i.IsCalled(name))) is { } unknown)
        {
            mistake = $"no input is called {unknown}";
            return null;
        }

        return new(program, [.. GrowthInputs.All.Where(i => names.Count == 0 || names.Exists(i.IsCalled))], multiples, TimeSpan.FromSeconds(limit));
    }
}
