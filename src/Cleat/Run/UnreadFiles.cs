using Cleat.Files;
using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Says what a tree names and a run did not read, since it lies outside of the tree or is this machine's alone.</summary>
internal static class UnreadFiles
{
    /// <param name="shown">A whole path as it is reported.</param>
    public static IEnumerable<Notice> Notices(Rule rule, TreeFiles files, Neighbours neighbours, Func<string, string> shown) =>
        files.RefusedLinks.Select(link => Notice(rule, shown(link.Key), $"it is a link that leads out of the tree ({link.Value}): not followed"))
            .Concat(neighbours.Refused.Select(named => Notice(rule, shown(named.From), $"it names {shown(named.Path)}, which lies outside of the tree: not read. To have it read, name a folder that holds both")))
            .Concat(neighbours.RefusedValues.Select(file => Notice(rule, shown(file), "git does not track this file of values: not read, since what stands in it is never asked for at a registry")))
            .DistinctBy(n => (n.File, n.Message))
            .OrderBy(n => n.File, StringComparer.Ordinal)
            .ThenBy(n => n.Message, StringComparer.Ordinal);

    private static Notice Notice(Rule rule, string file, string message) => new(file, new(1, 1), "", 0, rule, message);
}
