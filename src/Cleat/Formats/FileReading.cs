using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>Reads a file with the formats that claim it.</summary>
internal static class FileReading
{
    /// <summary>True when some format may claim a file of this name.</summary>
    public static bool WantsName(ReadOnlySpan<char> fileName) =>
        fileName.EndsWith(".yaml", StringComparison.Ordinal) || fileName.EndsWith(".yml", StringComparison.Ordinal)
        || fileName.EndsWith(".json", StringComparison.Ordinal) || DockerfileFormat.ClaimsName(fileName);

    /// <summary>False when a glance at the bytes shows that no format finds anything in them: most files end here, unparsed and uncopied.</summary>
    public static bool MayMatter(string path, ReadOnlySpan<byte> text)
    {
        var name = path.AsSpan()[(path.LastIndexOf('/') + 1)..];
        if (DockerfileFormat.ClaimsName(name) || text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return true;
        }

        foreach (var format in FormatList.Trees)
        {
            if (format.ClaimsName(name))
            {
                for (int from = 0, end; from < text.Length; from = end)
                {
                    end = YamlDocuments.End(text, from);
                    if (MayHold(format, text[from..end]))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Every use of an image in the file, in the order of the file.</summary>
    /// <param name="named">The user named this very file: it is read as YAML or JSON even when its name says nothing.</param>
    public static UseSink Read(SourceText source, bool named = false)
    {
        UseSink sink = new();
        var name = source.Path[(source.Path.LastIndexOf('/') + 1)..];
        if (DockerfileFormat.ClaimsName(name))
        {
            if (!Unreadable(source, sink, "FROM"))
            {
                FormatList.Dockerfile.Read!(source, FormatList.Dockerfile, sink);
            }
        }
        else
        {
            var json = name.EndsWith(".json", StringComparison.Ordinal) || (!IsYaml(name) && FirstByte(source) is (byte)'{' or (byte)'[');
            var known = IsYaml(name) || json;
            List<Format> claiming = known || named
                ? [.. FormatList.Trees.Where(f => f.ClaimsName(name) || (!known && f.Requires.Count > 0 && f.ClaimsName("x.yaml")))]
                : [];
            ReadTrees(source, json, claiming, sink);
        }

        sink.Uses.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Span.Length.CompareTo(b.Span.Length));
        return sink;
    }

    private static void ReadTrees(SourceText source, bool json, List<Format> claiming, UseSink sink)
    {
        if (claiming.Count == 0 || Unreadable(source, sink, "image"))
        {
            return;
        }

        foreach (var part in json ? [new(0, source.Bytes.Length)] : YamlDocuments.Split(source.Span, source.BomLength))
        {
            if (!claiming.Exists(f => MayHold(f, source.Span.Slice(part.Start, part.Length))))
            {
                continue;
            }

            var trees = json ? JsonTrees.Read(source, out var problem) : YamlTrees.Read(source, part, out problem);
            foreach (var tree in trees)
            {
                ReadTree(tree, claiming, sink);
            }

            if (problem is not null)
            {
                sink.Problem(problem.Offset, problem.Message);
            }
        }
    }

    private static void ReadTree(Tree tree, List<Format> claiming, UseSink sink)
    {
        if (tree.Count == 0 || tree[0].Kind != NodeKind.Map || claiming.Find(f => f.Accepts(tree)) is not { Paths: { } paths } format)
        {
            return;
        }

        var matches = TreeWalk.Find(tree, paths, out var problem);
        foreach (var match in matches)
        {
            if (format.Take is { } take)
            {
                take(tree, match, format, sink);
            }
            else
            {
                ScalarUse.Add(tree, match.Node, format.Name, match.Path, sink);
            }
        }

        if (problem is not null)
        {
            sink.Problem(problem.Offset, problem.Message);
        }
    }

    private static bool MayHold(Format format, ReadOnlySpan<byte> text)
    {
        foreach (var key in format.RequiredBytes)
        {
            if (!YamlDocuments.MayHaveRootKey(text, key))
            {
                return false;
            }
        }

        return format.Take is not null || YamlDocuments.MayHold(text, format.Paths!.KeysOfPaths);
    }

    // what the readers would take for the end of the file, or for no text at all, is said
    private static bool Unreadable(SourceText source, UseSink sink, string word)
    {
        if (source.IsWide)
        {
            var big = source.Span[0] != 0xFF;
            if (source.Span.IndexOf(big ? Encoding.BigEndianUnicode.GetBytes(word) : Encoding.Unicode.GetBytes(word)) >= 0)
            {
                sink.Problem(0, "is UTF-16: not read. Convert it to UTF-8");
            }

            return true;
        }

        var nul = source.Span.IndexOf((byte)0);
        if (nul < 0)
        {
            return false;
        }

        if (source.Span.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)
        {
            sink.Problem(nul, "holds a NUL byte: not read. It is no text file, or a damaged one");
        }

        return true;
    }

    private static bool IsYaml(string name) => name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);

    private static byte FirstByte(SourceText source) => source.Span[source.BomLength..].TrimStart(" \t\r\n"u8) is [var first, ..] ? first : (byte)0;
}
