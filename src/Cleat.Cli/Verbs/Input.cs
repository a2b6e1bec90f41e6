using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary>What a verb looks at: the paths of the command line, and standard input where one of them is <c>-</c>.</summary>
/// <param name="readOnly">True when nothing is to be planned from the report.</param>
/// <param name="since">Only what was added since this git revision; null for everything.</param>
internal sealed class Input(CommonValues options, Terminal terminal, bool readOnly = false, string? since = null)
{
    private readonly ImageTree opened = ImageTree.Open([.. options.Paths.Where(p => p != "-")], options.Tree with { ReadOnly = readOnly, Since = since });

    /// <summary>Standard input once it was read; null where it is no path.</summary>
    public byte[]? Stdin { get; private set; }

    /// <summary>Reads and judges all of it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Report Judge(CancellationToken cancellation)
    {
        var tree = opened;
        if (options.ReadsStdin)
        {
            Stdin = ReadAll(terminal.In);
            tree = tree.With(options.StdinName, Stdin);
        }

        var report = tree.Judge(cancellation);
        if (Stdin is not null && Stdin.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            // a program that failed writes nothing: that must not look like a clean file
            return report with { Errors = [.. report.Errors, new(options.StdinName, null, "read", "standard input is empty: did the program in front of the pipe fail?")] };
        }

        foreach (var file in options.Quiet ? [] : report.Unread.Where(f => Stdin is null || f != options.StdinName))
        {
            terminal.Error.WriteLine($"note: {file}: no format reads it, so nothing in it was judged; `cleat formats` lists what is read");
        }

        if (Stdin is not null && !options.Quiet && StdinHint.Of(options.StdinName, Stdin, tree, report) is { } hint)
        {
            terminal.Say($"note: {hint}");
        }

        return report;
    }

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
