using System.Collections;
using System.Text;
using Cleat.Formats.Helm;
using Cleat.Formats.Templates;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>Reads a file with the formats that claim it.</summary>
internal static class FileReading
{
    /// <summary>Every use of an image in the file, in the order of the file.</summary>
    /// <param name="named">The user named this very file: it is read as YAML or JSON even when its name says nothing.</param>
    /// <param name="claiming">From <see cref="FormatSet.Claiming"/>, where it was asked already.</param>
    /// <param name="sites">False when nothing is to be written, so that where a digest could go need not be tried out.</param>
    public static UseSink Read(SourceText source, bool named = false, FormatSet? formats = null, Surroundings? beside = null, List<Format>? claiming = null, bool sites = true)
    {
        UseSink sink = new() { WantsSites = sites };
        formats ??= FormatSet.BuiltIn;
        beside ??= Surroundings.None;
        claiming ??= formats.Claiming(beside.Path ?? source.Path, source.Span, beside);
        if (claiming.Count == 0 && named)
        {
            claiming = [.. formats.All.Where(f => f.Requires.Count > 0 && f.MayClaim("x.yaml"))];
        }

        sink.Comments = claiming.Count == 0 ? null : Comments(source, claiming[0]);
        if (claiming.Count > 0 && !Unreadable(source, sink, claiming))
        {
            if (claiming[0].Read is { } read)
            {
                read(new Reading(source, claiming[0], sink, beside));
            }
            else
            {
                ReadTrees(source, [.. claiming.Where(f => f.Read is null)], sink, beside);
            }
        }

        sink.IsUnread = named && sink.Uses.Count + sink.Problems.Count == 0 && !IsOfAny(source, claiming, formats, beside);
        sink.Uses.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Span.Length.CompareTo(b.Span.Length));
        return sink;
    }

    // whether a file in which nothing was found is of a format at all
    private static bool IsOfAny(SourceText source, List<Format> claiming, FormatSet formats, Surroundings beside)
    {
        var path = TemplateName.OfResult(beside.Path ?? source.Path).ToString();
        List<Format> may = [.. claiming, .. formats.All.Where(f => f.MayClaim(path) && f.Claims?.Invoke(path, beside) != false)];
        if (may.Exists(f => f.Read is not null))
        {
            return true;
        }

        var syntax = TreeReading.Syntax(source);
        return source.Wide is null && may.Count > 0 && TreeReading.Parts(source, syntax)
            .Exists(part => TreeReading.Read(source, part, syntax, out _).Exists(tree => tree.Count > 0 && may.Exists(f => f.Accepts(tree))));
    }

    internal static CommentSyntax? Comments(SourceText source, Format format) =>
        source.Path.EndsWith(".json", StringComparison.Ordinal) ? CommentSyntax.Slashes
        : format.Comments ?? CommentSyntax.Of(TreeReading.Syntax(source));

    /// <summary>Reads a file of trees with the formats that claim it; each document is of the first that accepts it.</summary>
    internal static void ReadTrees(SourceText source, List<Format> claiming, UseSink sink, Surroundings beside)
    {
        var syntax = TreeReading.Syntax(source);
        Lazy<MaskedTemplate?> template = new(() => MaskedTemplate.Of(source));
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            if (!MayHoldAny(claiming, source, part, syntax))
            {
                continue;
            }

            var trees = TreeReading.Read(source, part, syntax, out var problem);
            if (problem is not null && syntax == TreeSyntax.Yaml && template.Value is { } masked && ReadMasked(source, masked, part, claiming, sink, beside))
            {
                continue;
            }

            ReadEach(trees, claiming, sink, beside);
            if (problem is not null)
            {
                sink.Problem(problem.Offset, problem.Message);
            }
        }
    }

    private static void ReadEach(List<Tree> trees, List<Format> claiming, UseSink sink, Surroundings beside)
    {
        foreach (var tree in trees)
        {
            if (tree.Count > 0 && claiming.Find(f => f.Accepts(tree)) is { } format)
            {
                ReadTree(tree, format, sink, beside);
            }

            tree.Recycle();
        }
    }

    // what is no YAML before its template has run; false when that is not why
    private static bool ReadMasked(SourceText source, MaskedTemplate template, TextSpan part, List<Format> claiming, UseSink sink, Surroundings beside)
    {
        UseSink found = new();
        var trees = TreeReading.Read(template.Text, part, TreeSyntax.Yaml, out var problem);
        if (problem is null)
        {
            ReadEach(trees, claiming, found, beside);
        }
        else if (template.HasStatements && LineFormat(claiming, source, part) is { } format)
        {
            HelmTemplate.ReadLines(new(source, format, found, beside), template.Text, part);
        }
        else
        {
            return false;
        }

        found.Uses.ForEach(use => sink.Add(template.Restored(use, isKnown: problem is null)));
        sink.Problems.AddRange(found.Problems);
        return true;
    }

    // what is read line by line is of the format that knows the file by its name, else of the last one: a Kubernetes manifest
    private static Format? LineFormat(List<Format> claiming, SourceText source, TextSpan part)
    {
        var may = claiming.FindAll(f => MayHoldAny([f], source, part, TreeSyntax.Yaml));
        return may.Find(f => !f.Files.Contains("*.yaml") && !f.Files.Contains("*.yml")) ?? may.LastOrDefault();
    }

    /// <summary>Finds what the format's paths lead to in one document.</summary>
    internal static void ReadTree(Tree tree, Format format, UseSink sink, Surroundings beside)
    {
        BitArray seen = new(tree.Count);
        ReadProblem? problem = null;
        Action<Place>? take = null;
        foreach (var paths in (PathSet?[])[format.MorePaths?.Invoke(tree), format.Paths])
        {
            if (paths is null)
            {
                continue;
            }

            foreach (var match in TreeWalk.Find(tree, paths, out problem, matched: seen))
            {
                take ??= format.Open?.Invoke(new(tree, format, sink, beside)) ?? format.Take ?? (static place => place.Judge());
                take(new(tree, match, format, sink, beside));
            }

            if (problem is not null)
            {
                sink.Problem(problem.Offset, problem.Message);
            }
        }
    }

    private static bool MayHoldAny(List<Format> formats, SourceText source, TextSpan part, TreeSyntax syntax)
    {
        WordSearch words = new(source.Span.Slice(part.Start, part.Length));
        // that is for YAML and JSON, with lines that end as nearly all do
        var first = words.Text.IndexOfAny((byte)'\n', (byte)'\r');
        var looksAtKeys = syntax != TreeSyntax.Toml && (first < 0 || words.Text[first] == '\n' || words.Text[(first + 1)..] is [(byte)'\n', ..]);
        foreach (var format in formats)
        {
            if (format.Look.MayBeIn(ref words, looksAtKeys))
            {
                return true;
            }
        }

        return false;
    }

    // what the readers would take for the end of the file, or for no text at all, is said
    private static bool Unreadable(SourceText source, UseSink sink, List<Format> claiming)
    {
        if (source.Wide is { } wide)
        {
            if (claiming.Exists(f => f.Look.MayMatter(source.Span, wide)))
            {
                sink.Problem(0, $"is {(wide is UTF32Encoding ? "UTF-32" : "UTF-16")}: not read. Convert it to UTF-8");
            }

            return true;
        }

        var nul = source.Span.IndexOf((byte)0);
        if (nul < 0)
        {
            return false;
        }

        if (claiming[0].Read is not null ? claiming.Exists(f => f.Look.MayMatter(source.Span, Encoding.UTF8)) : TreeReading.Parts(source, TreeReading.Syntax(source)).Exists(part => MayHoldAny(claiming, source, part, TreeReading.Syntax(source))))
        {
            sink.Problem(nul, "holds a NUL byte: not read. It is no text file, or a damaged one");
        }

        return true;
    }
}
