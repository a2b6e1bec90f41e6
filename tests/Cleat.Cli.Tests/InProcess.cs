using System.Text;

namespace Cleat.Cli.Tests;

/// <summary>Runs the command line in the test's own process.</summary>
internal static class InProcess
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] args)
    {
        using MemoryStream stdin = new(Encoding.UTF8.GetBytes(input));
        using MemoryStream stdout = new();
        using StringWriter stderr = new();
        var code = await CleatCommand.RunAsync(args, new Terminal(stdin, stdout, stderr, OutIsTerminal: false, ErrorIsTerminal: false));
        return (code, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }
}
