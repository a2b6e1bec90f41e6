using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;

namespace Cleat.Formats.Jenkins;

/// <summary>
/// The registry that <c>docker.withRegistry(url)</c> and <c>registryUrl</c> put in front of the names of images (docker-commons plugin,
/// DockerRegistryEndpoint.imageName: the address's host and port, unless the name begins so).
/// </summary>
internal sealed class Registry(Tokens tokens, PipelineVariables variables)
{
    private readonly Stack<(int End, Expansion? Host)> around = new();

    /// <summary>Notes a <c>withRegistry(…) { … }</c>.</summary>
    /// <param name="open">The bracket behind the word.</param>
    public void Enter(int open)
    {
        if (!tokens.IsMark(open, '('))
        {
            return;
        }

        var block = tokens.SkipBreaks(tokens.Close(open) + 1);
        if (tokens.IsMark(block, '{'))
        {
            around.Push((tokens.Close(block), Host(tokens.SkipBreaks(open + 1))));
        }
    }

    /// <summary>The registry around a token; null for none.</summary>
    public Expansion? At(int token)
    {
        while (around.TryPeek(out var last) && last.End < token)
        {
            around.Pop();
        }

        return around.TryPeek(out var inner) ? inner.Host : null;
    }

    /// <summary>The host that an address names; null for the engine's own.</summary>
    /// <param name="start">The address, or an expression that gives it.</param>
    public Expansion? Host(int start)
    {
        var end = tokens.ExpressionEnd(start, stopsAtBreak: true);
        var value = end == start + 1 ? variables.Value(start) : null;
        if (value is null || value.Unknown is not null)
        {
            return Unknown(start, end);
        }

        var text = value.Text;
        var begin = text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var length = text.AsSpan(begin).IndexOf('/') is var slash and >= 0 ? slash : text.Length - begin;
        if (length == 0)
        {
            return null;
        }

        Expansion host = new();
        foreach (var cell in value.Span.Slice(begin, length))
        {
            host.Cells.Add(cell with { Expanded = true });
        }

        return host;
    }

    /// <summary>A name with the registry in front of it.</summary>
    public static Expansion Before(Expansion name, Expansion registry)
    {
        if (registry.Unknown is null && name.Text.StartsWith(registry.Text, StringComparison.Ordinal))
        {
            return name;
        }

        Expansion whole = new() { HasExpression = name.HasExpression || registry.HasExpression, Unknown = registry.Unknown ?? name.Unknown, Empty = name.Empty };
        whole.Cells.AddRange(registry.Cells);
        whole.Cells.Add(new Cell((byte)'/', registry.Cells[^1].At, Expanded: true));
        whole.Cells.AddRange(name.Cells);
        whole.Variables.AddRange(name.Variables);
        return whole;
    }

    // stands as an expression in front of the name, so that it is no part of one
    private Expansion Unknown(int start, int end)
    {
        var span = tokens.SpanOf(start, end);
        Expansion host = new() { HasExpression = true, Unknown = "the registry of the block around it is not known here: name the image with its registry" };
        foreach (var b in "${registry}"u8)
        {
            host.Cells.Add(new Cell(b, span.Start, Expanded: true));
        }

        return host;
    }
}
