using System.Collections.Concurrent;
using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Which files of a chart hold one of some words, in themselves or in a template that they call: the others need not be rendered.</summary>
internal sealed class Mentions(Definitions definitions, string[] words)
{
    private readonly byte[][] words = [.. words.Select(Encoding.UTF8.GetBytes)];
    private readonly ConcurrentDictionary<string, bool> templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SourceText, bool> files = new();

    public bool In(TemplateFile file) => files.GetOrAdd(file.Source, source => Holds(source.Span, []));

    private bool Holds(ReadOnlySpan<byte> text, HashSet<string> open)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return Calls(text, "include"u8, open) || Calls(text, "template"u8, open);
    }

    private bool Calls(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, HashSet<string> open)
    {
        for (int at = 0, found; (found = text[at..].IndexOf(word)) >= 0;)
        {
            at += found + word.Length;
            var rest = text[at..].TrimStart(" \t"u8);
            if (rest is [(byte)'(' or (byte)'$' or (byte)'.', ..])
            {
                // a name that is made
                return true;
            }

            if (rest is [(byte)'"', ..] && rest[1..].IndexOf((byte)'"') is var end and > 0 && Template(Encoding.UTF8.GetString(rest.Slice(1, end)), open))
            {
                return true;
            }
        }

        return false;
    }

    private bool Template(string name, HashSet<string> open)
    {
        if (templates.TryGetValue(name, out var known))
        {
            return known;
        }

        if (definitions.Find(name) is not { } found || !open.Add(name))
        {
            return false;
        }

        var holds = Holds(found.Template.Source.Span.Slice(found.Span.Start, found.Span.Length), open);
        open.Remove(name);
        // what was left out since it calls itself is not for good
        if (holds || open.Count == 0)
        {
            templates[name] = holds;
        }

        return holds;
    }
}
