using Cleat.Findings;

namespace Cleat.Run;

internal static class JobErrors
{
    /// <summary>In the order of files and places.</summary>
    public static IReadOnlyList<JobError> Sorted(IEnumerable<JobError> errors) =>
        [.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Position?.Line).ThenBy(e => e.Position?.Column).ThenBy(e => e.Message, StringComparer.Ordinal)];
}
