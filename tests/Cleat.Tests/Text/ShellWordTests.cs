using System.Diagnostics;
using Cleat.Text;

namespace Cleat.Tests.Text;

/// <summary>A real shell takes each word for what it was.</summary>
public sealed class ShellWordTests
{
    public static TheoryData<string> Words => new(
        "nginx:1.27", "a b", "default; id", "$(id)", "`id`", "${HOME}", "~", "~root", "a'b", "'", "''", "\"", "\\", "a\\'b", "*", "?", "[a]", "{a,b}", "a\nb", "\t", "", "#a", "a#b", "&", "|", ">x", "<x", "!", "!!", "-n", "--", "=", "a=b", "%", "é", "☃", "a&&b", "(a)");

    [Theory]
    [MemberData(nameof(Words))]
    public void One_word_stays_one_word(string word) => Assert.Equal([word], Shell(ShellWord.Of(word)));

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("-a b", "--|-a|b")]
    [InlineData("a --b", "--|a|--b")]
    public void What_looks_like_an_option_stands_behind_two_dashes(string words, string taken) => Assert.Equal(taken.Split('|'), Shell(ShellWord.Operands(words.Split(' '))));

    // the words that a shell makes of a line
    private static string[] Shell(string line)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", $"printf '%s\\0' {line}"]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output.Split('\0')[..^1];
    }
}
