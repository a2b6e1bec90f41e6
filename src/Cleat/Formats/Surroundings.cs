using Cleat.Text;

namespace Cleat.Formats;

/// <summary>
/// The files beside the one that is read, for formats whose references are put together from several: a Terraform module, a chart, a <c>.env</c>.
/// Paths are relative to the folder of the file that is read, with <c>/</c>; <c>..</c> leads up.
/// The file that is read is itself among the files, as it is on disk: its own text is the reader's, which may be a newer one.
/// </summary>
internal abstract class Surroundings
{
    /// <summary>For text that stands in no folder: standard input.</summary>
    public static Surroundings None { get; } = new Nothing();

    /// <summary>The whole path of the file that is read, with <c>/</c>, or null when it has none: formats claim by it.</summary>
    public abstract string? Path { get; }

    /// <summary>The whole path of the folder that paths start from, with <c>/</c>; null when it has none.</summary>
    public virtual string? Folder => Path is { } path ? RelativePath.Folder(path) : null;

    /// <summary>The names of the files in a folder, sorted; <c>""</c> is the folder of the file itself. Empty when there is no such folder.</summary>
    public abstract IReadOnlyList<string> Files(string folder);

    /// <summary>The names of the folders in a folder, sorted. Empty when there is no such folder.</summary>
    public abstract IReadOnlyList<string> Folders(string folder);

    /// <summary>A file, or null when it is not there or cannot be read.</summary>
    /// <param name="keeps">True for one that others read too; what only this file asks for need not stay in memory.</param>
    public abstract SourceText? Read(string path, bool keeps = true);

    /// <summary>A file that nobody else asks for; null also for one whose bytes are not wanted.</summary>
    /// <param name="wants">Must not keep the bytes.</param>
    public virtual SourceText? Glance(string path, Func<ReadOnlySpan<byte>, bool> wants) => Read(path, keeps: false) is { } text && wants(text.Span) ? text : null;

    /// <summary>What is made of a file, made once a run and kept: its trees, its variables. Null when the file is not there or cannot be read.</summary>
    /// <param name="path">As for <see cref="Read"/>.</param>
    /// <param name="parse">Must ask for no other file, and always give the same for the same text; a type has one such function.</param>
    public virtual T? Parsed<T>(string path, Func<SourceText, T> parse)
        where T : class => Read(path) is { } source ? parse(source) : null;

    /// <summary>What is made of a folder, made once a run and kept: a module, a chart. It is the same whoever asks: a text that is newer than the file is no part of it.</summary>
    /// <param name="folder">As for <see cref="Files"/>.</param>
    /// <param name="open">Given the files around that folder; a type has one such function.</param>
    public virtual T Opened<T>(string folder, Func<Surroundings, T> open)
        where T : class => open(In(folder));

    /// <summary>The same files seen from another folder.</summary>
    public virtual Surroundings In(string folder) => folder.Length == 0 ? this : new FolderBeside(this, folder.TrimEnd('/') + "/");

    /// <summary>The way up to the nearest folder that holds a file of this name: <c>""</c>, <c>../</c>, <c>../../</c>; null when none does.</summary>
    public abstract string? Above(string name);

    /// <summary>True for a file of values that git ignores, or, where its name shows what it is (.env, .tfvars), does not track: it is another one on every machine, and may hold secrets, so it is not read.</summary>
    public abstract bool IsPrivate(string path);

    private sealed class Nothing : Surroundings
    {
        public override string? Path => null;

        public override IReadOnlyList<string> Files(string folder) => [];

        public override IReadOnlyList<string> Folders(string folder) => [];

        public override SourceText? Read(string path, bool keeps = true) => null;

        public override string? Above(string name) => null;

        public override bool IsPrivate(string path) => false;
    }
}
