using System.Globalization;
using System.Text;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>What an update did, for people: lines on a terminal, Markdown for a pull request.</summary>
internal sealed class UpdateSummary(IReadOnlyList<ImageUpdate> updates, DateTimeOffset now)
{
    /// <summary>Digits of a digest that lines show.</summary>
    private const int Short = 12;

    /// <summary>A line for each image; on standard output where that is free.</summary>
    public void Tell(CommonValues options, RewriteMode mode, Terminal terminal)
    {
        if (!options.Format.IsForPeople || (options.Quiet && options.Output is null))
        {
            return;
        }

        StringBuilder text = new();
        foreach (var one in updates)
        {
            text.Append(one.HeldBack is null
                ? $"{Name(one)}  {Cut(one.From)} -> {To(one)}{Cut(one.To)}{Facts(one)}  {Wording.Count(one.Places.Count, "place")}\n"
                : $"{one.Image}  {Cut(one.From)} stays, not {To(one)}{Cut(one.To)}: {one.HeldBack}\n");
        }

        RewriteEnd.Tell(text.ToString(), mode, options, terminal);
    }

    /// <summary>Writes the Markdown.</summary>
    public void WriteMarkdown(string file)
    {
        OutputPlace.Write("--summary", file, stream => stream.Write(Terminal.Utf8.GetBytes(Markdown())));
    }

    private string Markdown()
    {
        StringBuilder text = new();
        var moved = updates.Where(u => u.HeldBack is null).ToList();
        var held = updates.Where(u => u.HeldBack is not null).ToList();
        text.Append(CultureInfo.InvariantCulture, $"### {(moved.Count == 0 ? "No image moved" : $"{Wording.Count(moved.Count, "image")} moved")}\n");
        if (moved.Count > 0)
        {
            text.Append("\n| Image | From | To | Made | Size | Where |\n|---|---|---|---|---|---|\n");
            foreach (var one in moved)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{Name(one)}` | `{one.From}` | {(one.NewTag is null ? "" : $"`{one.NewTag}`<br>")}`{one.To}` | {Made(one)} | {Sizes(one)} | {Where(one)} |\n");
            }
        }

        if (held.Count > 0)
        {
            text.Append("\nHeld back:\n\n");
            foreach (var one in held)
            {
                text.Append(CultureInfo.InvariantCulture, $"- `{one.Image}` stays at `{one.From}`, not `{To(one)}{one.To}`: {one.HeldBack}\n");
            }
        }

        return text.ToString();
    }

    private static string Name(ImageUpdate one) => one.Platform is null ? one.Image : $"{one.Image} ({one.Platform})";

    private static string To(ImageUpdate one) => one.NewTag is null ? "" : $"{one.NewTag}@";

    private static string Cut(Digest digest) => $"{digest.Algorithm}:{digest.Hex[..Short]}";

    // a pipe ends a cell, a backquote a piece of code
    private static string Where(ImageUpdate one) => string.Join("<br>", one.Places.Take(10).Select(p => TextReport.Location(p).Replace("|", "\\|", StringComparison.Ordinal)))
        + (one.Places.Count > 10 ? string.Create(CultureInfo.InvariantCulture, $"<br>and {one.Places.Count - 10} more") : "");

    private string Facts(ImageUpdate one) => $"{(one.Created is null ? "" : $"  made {Made(one)}")}{(one.Size == 0 ? "" : $"  {Sizes(one)}")}";

    private string Made(ImageUpdate one) => one.Created is not { } created ? "not said"
        : string.Create(CultureInfo.InvariantCulture, $"{created.UtcDateTime:yyyy-MM-dd}, {Duration.Words(now - created)} ago");

    private static string Sizes(ImageUpdate one) => one.OldSize == 0 || one.OldSize == one.Size ? Bytes(one.Size) : $"{Bytes(one.Size)}, was {Bytes(one.OldSize)}";

    private static string Bytes(long size) => size switch
    {
        0 => "not said",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{size} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1e3:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1e6:0.0} MB"),
    };
}
