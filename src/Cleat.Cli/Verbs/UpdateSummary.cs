using System.Globalization;
using System.Text;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Configuration;
using Cleat.References;

namespace Cleat.Cli.Verbs;

/// <summary>What an update did, for people: lines on a terminal, Markdown for a pull request.</summary>
internal sealed class UpdateSummary(IReadOnlyList<UpdateDone> done, DateTimeOffset now)
{
    /// <summary>Digits of a digest that lines show.</summary>
    private const int Short = 12;

    /// <summary>A line for each image; on standard output where that is free.</summary>
    public void Tell(CommonValues options, RewriteMode mode, Terminal terminal)
    {
        if (options.Format != "text" || (options.Quiet && options.Output is null))
        {
            return;
        }

        StringBuilder text = new();
        foreach (var one in done)
        {
            text.Append(one.Move switch
            {
                Move.To to => $"{Name(one, to)}  {Cut(one.Pin.Digest)} -> {Cut(to.Digest)}{Facts(to)}  {Wording.Count(one.Places.Count, "place")}\n",
                Move.Held held => $"{Full(one)}  {Cut(one.Pin.Digest)} stays, not {Cut(held.Digest)}: {held.Why}\n",
                _ => "",
            });
        }

        if (mode == RewriteMode.Diff || options.Paths.Contains("-"))
        {
            terminal.Error.Write(text.ToString());
        }
        else
        {
            terminal.Out.Write(Terminal.Utf8.GetBytes(text.ToString()));
        }
    }

    /// <summary>Writes the Markdown.</summary>
    public void WriteMarkdown(string file)
    {
        OutputPlace.Write("--summary", file, stream => stream.Write(Terminal.Utf8.GetBytes(Markdown())));
    }

    private string Markdown()
    {
        StringBuilder text = new();
        var moved = done.Where(d => d.Move is Move.To).ToList();
        var held = done.Where(d => d.Move is Move.Held).ToList();
        text.Append(CultureInfo.InvariantCulture, $"### {(moved.Count == 0 ? "No image moved" : $"{Wording.Count(moved.Count, "image")} moved")}\n");
        if (moved.Count > 0)
        {
            text.Append("\n| Image | From | To | Made | Size | Where |\n|---|---|---|---|---|---|\n");
            foreach (var one in moved)
            {
                var to = (Move.To)one.Move;
                text.Append(CultureInfo.InvariantCulture, $"| `{Name(one, to)}` | `{one.Pin.Digest}` | `{to.Digest}` | {Made(to.New)} | {Sizes(to)} | {Where(one)} |\n");
            }
        }

        if (held.Count > 0)
        {
            text.Append("\nHeld back:\n\n");
            foreach (var one in held)
            {
                text.Append(CultureInfo.InvariantCulture, $"- `{Full(one)}` stays at `{one.Pin.Digest}`, not `{((Move.Held)one.Move).Digest}`: {((Move.Held)one.Move).Why}\n");
            }
        }

        return text.ToString();
    }

    private static string Full(UpdateDone one) => $"{one.Pin.Reference.Registry}/{one.Pin.Reference.Repository}:{one.Pin.Tagged!.Tag}";

    private static string Name(UpdateDone one, Move.To to) => to.Platform is null ? Full(one) : $"{Full(one)} ({to.Platform})";

    private static string Cut(Digest digest) => $"{digest.Algorithm}:{digest.Hex[..Short]}";

    // a pipe ends a cell, a backquote a piece of code
    private static string Where(UpdateDone one) => string.Join("<br>", one.Places.Take(10).Select(p => p.Replace("|", "\\|", StringComparison.Ordinal)))
        + (one.Places.Count > 10 ? string.Create(CultureInfo.InvariantCulture, $"<br>and {one.Places.Count - 10} more") : "");

    private string Facts(Move.To to) => $"{(to.New.Created is null ? "" : $"  made {Made(to.New)}")}{(to.New.Size == 0 ? "" : $"  {Sizes(to)}")}";

    private string Made(ImageFacts facts) => facts.Created is not { } created ? "not said"
        : string.Create(CultureInfo.InvariantCulture, $"{created.UtcDateTime:yyyy-MM-dd}, {Duration.Words(now - created)} ago");

    private static string Sizes(Move.To to) => to.Old.Size == 0 || to.Old.Size == to.New.Size ? Bytes(to.New.Size) : $"{Bytes(to.New.Size)}, was {Bytes(to.Old.Size)}";

    private static string Bytes(long size) => size switch
    {
        0 => "not said",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{size} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1e3:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1e6:0.0} MB"),
    };
}
