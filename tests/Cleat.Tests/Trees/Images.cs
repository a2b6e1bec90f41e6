using Cleat.Formats;
using Cleat.Tests.Formats;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using CsCheck;

namespace Cleat.Tests.Trees;

/// <summary>What the readers find under <c>**.containers[].image</c>, to be compared with what another parser finds there.</summary>
internal static class Images
{
    private static readonly PathSet Paths = new("**.containers[].image");

    /// <returns>Null when the file, or a part of it, could not be read.</returns>
    public static SortedSet<string>? Find(string name, byte[] bytes)
    {
        SourceText source = new(name, bytes);
        SortedSet<string> found = new(StringComparer.Ordinal);
        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            var trees = TreeReading.Read(source, part, syntax, out var problem);
            if (problem is not null)
            {
                return null;
            }

            foreach (var tree in trees)
            {
                foreach (var match in TreeWalk.Find(tree, Paths, out _))
                {
                    ref readonly var node = ref tree[match.Node];
                    Assert.InRange(node.Span.Start, 0, bytes.Length);
                    Assert.InRange(node.Span.End, node.Span.Start, bytes.Length);
                    if (node.Kind == NodeKind.Scalar)
                    {
                        found.Add(node.Value);
                    }
                }
            }
        }

        return FileReading.Read(source).Problems.Count > 0 ? null : found;
    }

    /// <summary>The files of the cases with an ending, a few bytes of them changed.</summary>
    public static Gen<(string Name, byte[] Bytes)> Damaged(params string[] endings)
    {
        // an empty field for a digest is filled by pin and taken out whole by unpin: damage makes such fields
        var files = CaseFiles.Folders()
            .Where(f => f.Split('/')[0] is not ("DockerHub" or "Kustomize" or "Helm" or "Concourse" or "Bazel"))
            .SelectMany(folder => CaseFiles.Inputs(folder).Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Select(f => (Path.GetFileName(f), Bytes: File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, f)))))
            .Where(f => f.Bytes.Length is > 0 and < 8192)
            .ToArray();
        var signs = "\0\t\n\r \"'#&*!|>-:,[]{}\\<?%@`$~0a/\u00e9\uFEFF\u0085\u2028"u8.ToArray();
        var change = Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 2], Gen.Int[0, signs.Length - 1]);
        return Gen.Select(Gen.Int[0, files.Length - 1], change.Array[1, 6], (file, changes) =>
        {
            List<byte> bytes = [.. files[file].Bytes];
            foreach (var (where, how, sign) in changes)
            {
                var at = where % (bytes.Count + 1);
                if (how == 0 || at == bytes.Count)
                {
                    bytes.Insert(at, signs[sign]);
                }
                else if (how == 1)
                {
                    bytes[at] = signs[sign];
                }
                else
                {
                    bytes.RemoveRange(at, Math.Min(1 + (where % 7), bytes.Count - at));
                }
            }

            return (files[file].Item1, bytes.ToArray());
        });
    }

    public static Gen<byte[]> Mixture(string[] parts, int most, string head = "") =>
        Gen.Select(Gen.Int[0, parts.Length - 1].Array[0, most], Gen.Int[0, 7], (picks, ends) =>
        {
            var text = head + string.Concat(picks.Select(i => parts[i]));
            text = ends == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : ends == 1 ? text.TrimEnd('\n') : text;
            return System.Text.Encoding.UTF8.GetBytes(ends == 2 ? "\uFEFF" + text : text);
        });
}
