using Cleat.Files;
using Cleat.Formats;
using Cleat.Run;
using Cleat.Text;

namespace Cleat;

/// <summary>What is looked at: files and folders, or texts that stand in no file. Nothing is read before <see cref="Judge"/>.</summary>
public sealed class ImageTree
{
    private ImageTree(IReadOnlyList<string> paths, IReadOnlyList<SourceText> texts, TreeOptions options, FormatSet formats)
    {
        Paths = paths;
        Texts = texts;
        Options = options;
        Formats = formats;
    }

    internal IReadOnlyList<string> Paths { get; }

    internal IReadOnlyList<SourceText> Texts { get; }

    internal TreeOptions Options { get; }

    /// <summary>The formats of this run: the config's own, then the built-in ones.</summary>
    internal FormatSet Formats { get; }

    /// <summary>Files and folders. A folder is walked with <c>.gitignore</c> honoured, hidden names included, never <c>.git</c>; a file that is named is always read.</summary>
    public static ImageTree Open(params string[] paths) => Open(paths, new TreeOptions());

    /// <inheritdoc cref="Open(string[])"/>
    /// <exception cref="CleatException">An option names a format that does not exist, or a glob is not well written.</exception>
    public static ImageTree Open(IReadOnlyList<string> paths, TreeOptions options) => new(paths, [], options, FormatsOf(options));

    /// <summary>One text that stands in no file: standard input, a part of an archive.</summary>
    /// <param name="name">Decides how it is read, and names it in the report: <c>Dockerfile</c>, <c>web.yaml</c>.</param>
    /// <param name="text">Not copied: it must not change.</param>
    /// <exception cref="CleatException">An option names a format that does not exist.</exception>
    public static ImageTree OfText(string name, ReadOnlyMemory<byte> text, TreeOptions? options = null) => Open([], options ?? new()).With(name, text);

    /// <summary>The tree and one more text that stands in no file.</summary>
    /// <inheritdoc cref="OfText"/>
    public ImageTree With(string name, ReadOnlyMemory<byte> text) => new(Paths, [.. Texts, new(name, text)], Options, Formats);

    /// <summary>True when some format reads files of this path, as far as the path alone says it.</summary>
    public bool Reads(string path) => Formats.Wants(path);

    /// <summary>Reads everything and judges every reference. Offline; changes nothing.</summary>
    /// <exception cref="CleatException"><see cref="TreeOptions.Since"/> cannot be answered.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Report Judge(CancellationToken cancellation = default) => new TreeScan(this).Judge(cancellation);

    /// <summary>False when a run over this tree did not look at the whole of a file, although it may be there.</summary>
    internal bool Holds(string fullPath) =>
        Options.Since is null && Options.Include.Count == 0 && Options.Exclude.Count == 0 && Paths.Any(p => RealRoot.Contains(Path.GetFullPath(p).TrimEnd('/'), fullPath));

    private static FormatSet FormatsOf(TreeOptions options)
    {
        foreach (var glob in options.Include.Concat(options.Exclude).Concat(options.Config.Exclude))
        {
            if (PathGlobs.Wrong(glob) is { } wrong)
            {
                throw new CleatException($"'{glob}' is no glob as .gitignore has them: {wrong}");
            }
        }

        if (options.EnabledFormats.FirstOrDefault(name => !FormatList.All.Any(f => f.Name == name)) is { } unknown)
        {
            throw new CleatException($"there is no format '{unknown}' to enable{NearestWord.Hint(unknown, FormatList.All.Where(f => f.OptIn).Select(f => f.Name).Distinct())}");
        }

        return options.Config.Formats.Count + options.EnabledFormats.Count == 0
            ? FormatSet.BuiltIn
            : new FormatSet([.. options.Config.Formats, .. FormatList.All.Where(f => !f.OptIn || options.EnabledFormats.Contains(f.Name))]);
    }
}
