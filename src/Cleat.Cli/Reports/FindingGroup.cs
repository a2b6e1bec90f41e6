using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>Findings that say the same of the same image, in one or several places.</summary>
/// <param name="Places">The first is shown with its line; no place stands here twice.</param>
internal sealed record FindingGroup(Rule Rule, string Headline, string? Label, string Help, IReadOnlyList<Finding> Places)
{
    // so many files are named in a command
    private const int MostFiles = 3;

    /// <summary>What is to be told, in the order of the first places.</summary>
    public static IEnumerable<FindingGroup> Of(Report report)
    {
        Dictionary<(Rule, string, string?, string?), List<Finding>> groups = [];
        foreach (var finding in report.Findings)
        {
            if (finding is { IsOpen: true, Running: null })
            {
                // where pinning is all that helps, the file is named once for all
                var key = (finding.Rule!, Wording.Headline(finding), Wording.Label(finding), finding.IsMendable ? null : Wording.Help(finding));
                if (!groups.TryGetValue(key, out var places))
                {
                    groups[key] = places = [];
                }

                if (places.Count == 0 || (places[^1].File, places[^1].Use.Span) != (finding.File, finding.Use.Span))
                {
                    places.Add(finding);
                }
            }
        }

        return groups.Select(g => new FindingGroup(g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Key.Item4 ?? PinHelp(g.Value), g.Value));
    }

    private static string PinHelp(List<Finding> places)
    {
        List<string> files = [.. places.Where(p => p.IsInFile).Select(p => p.File).Distinct()];
        return files.Count < 2 || places[0].Rule!.Name != Rule.UnpinnedImage.Name ? Wording.Help(places[0])
            : Wording.Pin(files.Count > MostFiles ? null : string.Join(' ', files.Select(Wording.Argument)));
    }
}
