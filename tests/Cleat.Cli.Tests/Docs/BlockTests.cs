using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Cleat.Cli.Tests.Docs;

/// <summary>Every fenced block of the documents is what its language says, and every command in them is one.</summary>
public sealed class BlockTests
{
    [Fact]
    public void Yaml_and_json_can_be_read()
    {
        foreach (var block in DocumentBlock.All)
        {
            try
            {
                switch (block.Language)
                {
                    case "yaml":
                        Assert.NotEmpty(PipelineTests.Parse(block.Text));
                        break;
                    case "json":
                        using (JsonDocument.Parse(block.Text))
                        {
                        }

                        break;
                    default:
                        break;
                }
            }
            catch (Exception e) when (e is YamlDotNet.Core.YamlException or JsonException)
            {
                Assert.Fail($"{block}: {e.Message}");
            }
        }
    }

    [Fact]
    public async Task Shell_is_shell()
    {
        foreach (var block in DocumentBlock.All.Where(b => b.Language == "sh"))
        {
            using var shell = Process.Start(new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
            await shell.StandardInput.WriteAsync(block.Text);
            shell.StandardInput.Close();
            var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(shell.ExitCode == 0, $"{block}: {error}");
        }
    }

    /// <summary>Options and arguments in lines that begin with <c>cleat</c>, in blocks and in indented lines, are those of the program.</summary>
    [Fact]
    public void Commands_are_commands()
    {
        using MemoryStream stream = new();
        var root = CleatCommand.Root(new Terminal(stream, stream, TextWriter.Null, OutIsTerminal: false, ErrorIsTerminal: false));
        var commands = Commands().ToList();
        Assert.True(commands.Count > 40, $"{commands.Count} commands were found");
        foreach (var (document, command) in commands)
        {
            // `cleat help VERB` is the verb's --help: it is no verb of its own
            var errors = root.Parse(command.StartsWith("cleat help", StringComparison.Ordinal) ? "--help" : command["cleat".Length..]).Errors;
            Assert.True(errors.Count == 0, $"{document}: {command}: {string.Join("; ", errors)}");
        }
    }

    private static IEnumerable<(string Document, string Command)> Commands() =>
        from document in DocumentBlock.Documents
        where document != "CHANGELOG.md"
        let fenced = DocumentBlock.All.Where(b => b.Document == document && b.Language == "sh").SelectMany(b => b.Text.Split('\n'))
        let indented = File.ReadLines(Path.Combine(SourceTree.Root, document)).Where(l => l.StartsWith("    ", StringComparison.Ordinal))
        from line in fenced.Concat(indented).Select(l => l.Trim())
        where line.StartsWith("cleat ", StringComparison.Ordinal)
        select (document, Command(line));

    // without its comment, and without what the shell does with it
    private static string Command(string line)
    {
        var end = new[] { "  ", " #", " |", " >", " <", " &&", " ;" }.Select(mark => line.IndexOf(mark, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(line.Length).Min();
        return line[..end].TrimEnd();
    }
}
