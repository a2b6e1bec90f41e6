using Cleat.Text;

namespace Cleat.Formats;

/// <summary>
/// The files beside the one that is read, for formats whose references are put together from several: a Terraform module, a chart, a <c>.env</c>.
/// Paths are relative to the folder of the file that is read, with <c>/</c>; <c>..</c> leads up.
/// The file that is read is itself among the files, as it is on disk: its own text is the reader's, which may be a newer one.
/// </summary>
/// <param name="path">The whole path of the file that is read, with <c>/</c>, or null when it has none: formats claim by it.</param>
/// <param name="files">The names of the files in a folder.</param>
/// <param name="read">A file's bytes, or null when it is not there or cannot be read.</param>
/// <param name="isIgnored">Whether .gitignore keeps a file from being read by itself; null ignores none.</param>
internal sealed class Surroundings(string? path, Func<string, IReadOnlyList<string>> files, Func<string, ReadOnlyMemory<byte>?> read, Func<string, bool>? isIgnored = null)
{
    /// <summary>For text that stands in no folder: standard input.</summary>
    public static Surroundings None { get; } = new(null, _ => [], _ => null);

    /// <summary>The whole path of the file that is read, or null.</summary>
    public string? Path { get; } = path;

    /// <summary>The names of the files in a folder, sorted; <c>""</c> is the folder of the file itself. Empty when there is no such folder.</summary>
    public IReadOnlyList<string> Files(string folder) => files(folder);

    /// <summary>A file, or null when it is not there, cannot be read or is not text that could be followed.</summary>
    public SourceText? Read(string path) => read(path) is { } bytes ? new SourceText(path, bytes) : null;

    /// <summary>True when a run over the folder leaves the file out: what stands in it is judged nowhere.</summary>
    public bool IsIgnored(string path) => isIgnored?.Invoke(path) ?? false;
}
