using System.Text;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>The exemptions of a config that hold today.</summary>
internal sealed class Exemptions(CleatConfig config, DateOnly today)
{
    private readonly List<(Exemption Exemption, GitIgnore? File)> valid =
        [.. config.Exempt.Where(e => !e.IsOver(today)).Select(e => (e, e.File is null ? null : GitIgnore.From([e.File], config.Folder ?? "/")))];

    /// <summary>Answers, for one file, whether a use is exempt from a rule.</summary>
    /// <param name="fullPath">Absolute; null for standard input, which counts as a file beside the config.</param>
    public Func<ImageUse, string, Ignored?> Of(string? fullPath, string shown)
    {
        if (valid.Count == 0)
        {
            return static (_, _) => null;
        }

        var folder = (config.Folder ?? "").TrimEnd('/') + "/";
        var path = fullPath is null ? folder + shown : Path.GetFullPath(fullPath);
        return In(valid.FindAll(e => e.File is null || (path.StartsWith(folder, StringComparison.Ordinal) && Matches(e.File, path, folder.Length))));
    }

    /// <summary>Answers for what runs, which stands in no file.</summary>
    public Func<ImageUse, string, Ignored?> OfRunning() => In(valid.FindAll(e => e.File is null));

    private static Func<ImageUse, string, Ignored?> In(List<(Exemption Exemption, GitIgnore? File)> here) =>
        (use, rule) => here.Find(e => (e.Exemption.Rule ?? rule) == rule && e.Exemption.MatchesImage(use)) is { Exemption: { } found } ? new(IgnoredBy.Config, found.Reason) : null;

    /// <summary>Exemptions that are over, and those without a reason.</summary>
    public IEnumerable<Notice> Notices()
    {
        if (config.Exempt.Count == 0)
        {
            yield break;
        }

        NoticePlaces places = new(config.Source!);
        foreach (var one in config.Exempt)
        {
            if (one.IsOver(today))
            {
                yield return places.At(FirstLine(one.Place), Rule.UnusedIgnore, $"this exemption held until {one.Until:yyyy-MM-dd} and silences nothing any more: pin the image and remove it, or give it a new day");
            }
            else if (one.Reason is null)
            {
                yield return places.At(FirstLine(one.Place), Rule.IgnoreWithoutReason, "this exemption gives no reason: add `reason: …`, so that the next reader knows whether it still holds");
            }
        }
    }

    private TextSpan FirstLine(TextSpan place) => TextSpan.FromBounds(place.Start, Math.Min(place.End, CommentFinder.LineEnd(config.Source!.Span, place.Start)));

    // a folder that the glob names takes all that lies in it with it
    private static bool Matches(GitIgnore glob, string path, int from)
    {
        for (var slash = path.IndexOf('/', from); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (glob.Ignores(Encoding.UTF8.GetBytes(path[..slash]), isFolder: true))
            {
                return true;
            }
        }

        return glob.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false);
    }
}
