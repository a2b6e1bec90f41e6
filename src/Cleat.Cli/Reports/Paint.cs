using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>Colours for a terminal (ECMA-48 SGR), or none. The text must be printable already: nothing is escaped here.</summary>
internal readonly record struct Paint(bool Color)
{
    public string Strong(string text) => Sgr("1", text);

    public string Margin(string text) => Sgr("34", text);

    public string Severity(Severity severity, string text) => Sgr(
        severity switch
        {
            Uses.Severity.Error => "1;31",
            Uses.Severity.Warning => "1;33",
            _ => "1;36",
        },
        text);

    public string Verdict(Verdict verdict, string text) => Rule.Of(verdict) is { } rule
        ? Severity(rule.Severity, text)
        : verdict == Uses.Verdict.Pinned ? Sgr("32", text) : text;

    private string Sgr(string code, string text) => Color ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
