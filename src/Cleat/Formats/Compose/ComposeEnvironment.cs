using System.Text;
using Cleat.Formats.Variables;
using Cleat.Text;

namespace Cleat.Formats.Compose;

/// <summary>
/// The <c>.env</c> file beside a Compose file, whose variables Compose puts in (docs.docker.com, "Set, use, and manage variables in a Compose file
/// with interpolation"): <c>NAME=value</c>, quoted or not, <c>export</c> in front, <c>#</c> comments. What the shell sets wins, which no file shows.
/// </summary>
internal sealed class ComposeEnvironment
{
    private const string Name = ".env";
    private static readonly ComposeEnvironment Empty = new(null);
    private readonly Dictionary<string, (string Value, TextSpan Span)> variables = new(StringComparer.Ordinal);

    // asks for the file although it is this machine's alone, so that the run says that it was not read; null when it is not
    private readonly Action? ask;

    public ComposeEnvironment(SourceText? source, Action? ask = null)
    {
        this.ask = ask;
        if (source is not null)
        {
            Read(source.Span, source.BomLength);
        }
    }

    public IReadOnlyDictionary<string, (string Value, TextSpan Span)> Variables => variables;

    /// <summary>The variables beside a Compose file; none when git ignores the file or does not track it.</summary>
    public static ComposeEnvironment Of(Surroundings beside) =>
        !beside.Files("").Contains(Name) ? Empty
        : beside.IsPrivate(Name) ? new(null, () => beside.Read(Name))
        : beside.Parsed(Name, static source => new ComposeEnvironment(source)) ?? Empty;

    /// <summary>What to say of a variable that is not known; null for the usual words.</summary>
    public Func<string, string>? Why => ask is not null ? static name => $"{name} may stand in {Name}, which git does not track: its values are never asked for at a registry. Give it a default, or track a file without secrets" : null;

    /// <summary>For the Compose file: values that stand in another file.</summary>
    public KnownValue? Lookup(string name)
    {
        ask?.Invoke();
        return variables.TryGetValue(name, out var found) ? KnownValue.In(Name, found.Value) : null;
    }

    private void Read(ReadOnlySpan<byte> text, int start)
    {
        for (int at = start, end; at < text.Length; at = end + 1)
        {
            var stop = text[at..].IndexOf((byte)'\n');
            end = stop < 0 ? text.Length : at + stop;
            Line(text, at, end);
        }
    }

    private void Line(ReadOnlySpan<byte> text, int start, int end)
    {
        var line = text[start..end].TrimEnd(" \t\r"u8);
        var lead = line.Length - line.TrimStart(" \t"u8).Length;
        if (line[lead..].StartsWith("export "u8))
        {
            lead += 7;
        }

        var equals = line.IndexOf((byte)'=');
        if (equals <= lead || line[lead] == '#')
        {
            return;
        }

        var from = equals + 1;
        while (from < line.Length && line[from] is (byte)' ' or (byte)'\t')
        {
            from++;
        }

        var to = line.Length;
        if (from < to && line[from] is (byte)'"' or (byte)'\'')
        {
            var close = line[(from + 1)..].IndexOf(line[from]);
            if (close < 0)
            {
                return;
            }

            (from, to) = (from + 1, from + 1 + close);
        }
        else if (line[from..].IndexOf(" #"u8) is var comment and >= 0)
        {
            to = from + line[from..(from + comment)].TrimEnd(" \t"u8).Length;
        }

        variables[Encoding.UTF8.GetString(line[lead..equals].Trim(" \t"u8))] = (Encoding.UTF8.GetString(line[from..to]), TextSpan.FromBounds(start + from, start + to));
    }
}
