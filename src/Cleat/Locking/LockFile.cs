using System.Collections.Immutable;
using Cleat.Files;
using Cleat.Text;

namespace Cleat.Locking;

/// <summary>
/// <c>cleat.lock</c>: what every reference meant, in full spelling, sorted. A value: adding to it makes another, and only
/// <see cref="Write"/> touches the disk.
/// </summary>
/// <param name="Path">As the user named it.</param>
/// <param name="Old">The bytes that were read; null when there is no such file yet.</param>
internal sealed record LockFile(string Path, byte[]? Old, ImmutableSortedDictionary<string, LockEntry> Entries)
{
    private readonly ImmutableSortedDictionary<string, LockEntry> read = Entries;

    public LockEntry? this[string reference] => Entries.GetValueOrDefault(reference);

    /// <summary>Reads a lock; a file that is not there is an empty one.</summary>
    /// <param name="wrong">One line, with the place where there is one; null when nothing is wrong.</param>
    public static LockFile? Read(string path, out string? wrong)
    {
        var read = SettingsFile.Read(path);
        if (!read.Succeeded)
        {
            wrong = read.Failure switch
            {
                ReadFailure.Vanished => null,
                ReadFailure.Folder => $"{path} is a folder: name a file, such as {SlashPath.Join(path, "cleat.lock")}",
                _ => $"{path}: {read.Message}",
            };
            return wrong is null ? new(path, null, Empty) : null;
        }

        SourceText source = new(path, read.Bytes);
        var entries = LockText.Read(source, out var problem);
        wrong = problem is null ? null : $"{path}:{source.Position(problem.Offset)}: {problem.Message}";
        return entries is null ? null : new(path, read.Bytes.ToArray(), entries);
    }

    /// <summary>With entries added or replaced. One that says the same as before stays as it is, its time too: no diff without a change.</summary>
    public LockFile With(IEnumerable<LockEntry> entries) => this with
    {
        Entries = Entries.SetItems(entries.Where(e => this[e.Reference] is not { } old || !SaysTheSame(old, e)).Select(e => KeyValuePair.Create(e.Reference, e))),
    };

    /// <summary>How many entries are new, or say something else, since it was read.</summary>
    public int Changed => Entries.Values.Count(e => read.GetValueOrDefault(e.Reference) is not { } old || !ReferenceEquals(old, e));

    /// <summary>True when <see cref="Write"/> would change the file.</summary>
    public bool Differs => (Old is null ? Entries.Count > 0 : Changed > 0) && !LockText.Write(Entries.Values).AsSpan().SequenceEqual(Old);

    /// <summary>Writes it whole or not at all.</summary>
    /// <returns>Why it was not written; null when it was, or need not be.</returns>
    public string? Write()
    {
        if (!Differs)
        {
            return null;
        }

        var full = SlashPath.GetFullPath(Path);
        var bytes = LockText.Write(Entries.Values);
        var outcome = Old is null ? AtomicFile.Create(full, bytes) : AtomicFile.Write(full, SlashPath.GetDirectoryName(full)!, bytes, Old);
        return outcome.Status == WriteStatus.Written || (outcome.Status == WriteStatus.Changed && IsWrittenMeanwhile()) ? null : outcome.Message ?? "could not be written";
    }

    // another run may have resolved the same a moment before: its times are as good
    private bool IsWrittenMeanwhile() => Read(Path, out _) is { } now && Entries.Values.All(e => now[e.Reference] is { } there && SaysTheSame(there, e));

    private static ImmutableSortedDictionary<string, LockEntry> Empty { get; } = ImmutableSortedDictionary.Create<string, LockEntry>(StringComparer.Ordinal);

    private static bool SaysTheSame(LockEntry old, LockEntry now) =>
        old.Digest == now.Digest && old.MediaType == now.MediaType && old.Platforms.SequenceEqual(now.Platforms);
}
