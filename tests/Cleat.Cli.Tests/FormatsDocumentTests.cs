using Cleat.Cli.Verbs;

namespace Cleat.Cli.Tests;

/// <summary>The table in docs/formats.md is the list of formats itself.</summary>
public sealed class FormatsDocumentTests
{
    [Fact]
    public void The_table_is_what_the_command_prints()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "formats.md");
        var text = File.ReadAllText(path);
        const string Open = "<!-- formats -->\n";
        var start = text.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        var end = text.IndexOf("<!-- /formats -->", StringComparison.Ordinal);
        var table = FormatsCommand.Markdown();
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, text[..start] + table + text[end..]);
            text = File.ReadAllText(path);
            end = text.IndexOf("<!-- /formats -->", StringComparison.Ordinal);
        }

        Assert.Equal(table, text[start..end]);
    }
}
