using System.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Tells from the text of an action whether what it writes may name an image, without evaluating it: by the last names of the fields that it reads, and by the templates that it calls.</summary>
internal sealed class ImageSigns(ImageKeys keys, Definitions definitions)
{
    private readonly Dictionary<string, bool> called = new(StringComparer.Ordinal);

    /// <summary>False when nothing of it is of an image.</summary>
    /// <param name="dotIs">What a dot by itself stands for may be of one.</param>
    /// <param name="variables">The variables that may be, by their names without <c>$</c>.</param>
    public bool In(ReadOnlySpan<byte> action, bool dotIs, HashSet<string> variables)
    {
        for (var at = 0; at < action.Length;)
        {
            var here = action[at];
            if (here is (byte)'"' or (byte)'`')
            {
                at = StringEnd(action, at) + 1;
            }
            else if (here is (byte)'.' or (byte)'$')
            {
                if (Chain(action, ref at, dotIs, variables))
                {
                    return true;
                }
            }
            else if (char.IsAsciiLetter((char)here))
            {
                var start = at;
                at = NameEnd(action, at);
                var word = action[start..at];
                if (word.SequenceEqual("set"u8) || word.SequenceEqual("unset"u8) || ((word.SequenceEqual("include"u8) || word.SequenceEqual("template"u8)) && Calls(action, ref at)))
                {
                    return true;
                }
            }
            else
            {
                at++;
            }
        }

        return false;
    }

    private bool Chain(ReadOnlySpan<byte> action, ref int at, bool dotIs, HashSet<string> variables)
    {
        var start = at;
        var last = default(ReadOnlySpan<byte>);
        at = action[at] == '$' ? NameEnd(action, at + 1) : at;
        var variable = action[start..at];
        while (at < action.Length && action[at] == '.')
        {
            var end = NameEnd(action, at + 1);
            last = action[(at + 1)..end];
            at = end;
        }

        if (!last.IsEmpty)
        {
            return keys.Contains(last);
        }

        // `$` is what the template was called with, and judged there
        return variable.Length > 1 ? variables.Count > 0 && variables.Contains(Encoding.UTF8.GetString(variable[1..])) : variable.IsEmpty && dotIs;
    }

    // what it is given is judged beside it
    private bool Calls(ReadOnlySpan<byte> action, ref int at)
    {
        while (at < action.Length && action[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at >= action.Length || action[at] != '"')
        {
            return true;
        }

        var end = StringEnd(action, at);
        var name = Encoding.UTF8.GetString(action[(at + 1)..int.Min(end, action.Length)]);
        at = end + 1;
        return InDefinition(name);
    }

    private bool InDefinition(string name)
    {
        if (called.TryGetValue(name, out var known))
        {
            return known;
        }

        if (definitions.Find(name) is not { } definition)
        {
            return false;
        }

        // one that calls itself says no more than it does
        called[name] = false;
        var text = definition.Template.Source.Span.Slice(definition.Span.Start, definition.Span.Length);
        return called[name] = ImageKeys.IsImage(text) || Actions(text);
    }

    private bool Actions(ReadOnlySpan<byte> text)
    {
        for (int at = 0, open; (open = text[at..].IndexOf("{{"u8)) >= 0;)
        {
            var start = at + open;
            at = int.Max(TemplateMask.End(text, start), start + 2);
            if (In(text[(start + 2)..int.Max(start + 2, at - 2)], dotIs: false, []))
            {
                return true;
            }
        }

        return false;
    }

    private static int StringEnd(ReadOnlySpan<byte> text, int at)
    {
        var quote = text[at];
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            at += quote == '"' && text[at] == '\\' ? 1 : 0;
        }

        return at;
    }

    private static int NameEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] is (byte)'_' or >= 0x80))
        {
            at++;
        }

        return at;
    }
}
