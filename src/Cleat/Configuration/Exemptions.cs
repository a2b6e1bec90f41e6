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
    // by the folder in front of the first wildcard: a config may hold thousands, and a file lies in a few folders
    private readonly ILookup<string, (int Place, Exemption One, GitIgnore File)> inFiles = Valid(config, today).Where(e => e.One.File is not null)
        .Select(e => (e.Place, e.One, GitIgnore.From([e.One.File!], config.Folder ?? "/")!)).ToLookup(e => LiteralFolder(e.One.File!));

    private readonly ExemptionIndex everywhere = new(Valid(config, today).Where(e => e.One.File is null));

    /// <summary>Answers, for one file, whether a use is exempt from a rule.</summary>
    /// <param name="fullPath">Absolute; null for standard input, which counts as a file beside the config.</param>
    public Func<ImageUse, string, Ignored?> Of(string? fullPath, string shown)
    {
        var folder = (config.Folder ?? "").TrimEnd('/') + "/";
        var path = inFiles.Count == 0 ? "" : fullPath is null ? folder + shown : Path.GetFullPath(fullPath);
        ExemptionIndex here = new(path.StartsWith(folder, StringComparison.Ordinal) ? Around(path[folder.Length..]).Where(e => Matches(e.File, path, folder.Length)).OrderBy(e => e.Place).Select(e => (e.Place, e.One)) : []);
        return (use, rule) => Ignored(int.Min(here.First(use, rule), everywhere.First(use, rule)));
    }

    // those that may match a path: of each folder that it lies in, and of the file itself
    private IEnumerable<(int Place, Exemption One, GitIgnore File)> Around(string path)
    {
        foreach (var one in inFiles[""])
        {
            yield return one;
        }

        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            foreach (var one in inFiles[end < 0 ? path : path[..end]])
            {
                yield return one;
            }

            if (end < 0)
            {
                yield break;
            }
        }
    }

    // a glob without a slash in it matches in every folder (git-scm.com/docs/gitignore, "Pattern format")
    private static string LiteralFolder(string glob)
    {
        var anchored = glob.TrimEnd('/', ' ');
        if (!anchored.Contains('/', StringComparison.Ordinal) || anchored[0] is '!' or '#')
        {
            return "";
        }

        var steps = anchored.TrimStart('/').Split('/').TakeWhile(step => step.Length > 0 && !step.AsSpan().ContainsAny("*?[\\"));
        return string.Join('/', steps);
    }

    /// <summary>Answers for what runs, which stands in no file.</summary>
    public Func<ImageUse, string, Ignored?> OfRunning() => (use, rule) => Ignored(everywhere.First(use, rule));

    private Ignored? Ignored(int place) => place == ExemptionIndex.None ? null : new(IgnoredBy.Config, config.Exempt[place].Reason);

    private static IEnumerable<(int Place, Exemption One)> Valid(CleatConfig config, DateOnly today) => config.Exempt.Select((one, place) => (place, one)).Where(e => !e.one.IsOver(today));

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
