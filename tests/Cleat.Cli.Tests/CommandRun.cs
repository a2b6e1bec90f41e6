using System.Text;
using Cleat.Files;

namespace Cleat.Cli.Tests;

/// <summary>A folder of its own for a test, and runs of the command line in it.</summary>
internal sealed class CommandRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("cleat-cli").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string At(string name) => Path.Combine(Folder, name);

    public string Read(string name) => File.ReadAllText(At(name));

    public void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    public static async Task<(int Code, string Output, string Error)> Of(params string[] args)
    {
        using MemoryStream stdin = new();
        using MemoryStream stdout = new();
        using StringWriter stderr = new();
        var code = await CleatCommand.RunAsync(args, new Terminal(stdin, stdout, stderr, OutIsTerminal: false, ErrorIsTerminal: false));
        return (code, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }
}
