using Cleat.Formats.Code;
using Cleat.Formats.Hcl;
using Cleat.Formats.Kubernetes;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Uses;

namespace Cleat.Formats.Jenkins;

/// <summary>The pods of the Kubernetes plugin, YAML in strings: read where they stand, so that their offsets are the file's.</summary>
internal sealed class PodYaml(Reading reading)
{
    // a copy in which a letter stands for each byte of a Groovy expression, which may hold anything
    private readonly Lazy<byte[]> masked = new(reading.Source.Bytes.ToArray);

    public void Read(Token text)
    {
        var file = reading.Source;
        var isMasked = text.Quote == '"' && Mask(text.Span);
        var shown = isMasked ? new SourceText(file.Path, masked.Value) : file;
        foreach (var part in YamlDocuments.Split(shown.Span.Slice(text.Span.Start, text.Span.Length), 0))
        {
            var trees = YamlTrees.Read(shown, part with { Start = part.Start + text.Span.Start }, out var problem);
            foreach (var tree in trees)
            {
                UseSink found = new();
                var matches = TreeWalk.Find(tree, KubernetesFormat.Format.Paths!, out var tooDeep);
                matches.ForEach(m => ScalarUse.Add(tree, m with { Steps = Steps.Of("yaml", Step.Into).Add(m.Steps) }, reading.Format, found));
                found.Uses.ForEach(u => reading.Sink.Add(isMasked ? Unmasked(u) : u));
                problem ??= tooDeep;
            }

            if (problem is not null)
            {
                reading.Sink.Problem(problem.Offset, problem.Message);
            }
        }
    }

    /// <summary>Judges the pod of a file that says neither <c>apiVersion</c> nor <c>kind</c>, so that nobody else does, where it is named.</summary>
    public void ReadFile(Token text)
    {
        var path = reading.Source.Slice(text.Span);
        if (path.Length == 0 || path.StartsWith('/') || path.Contains('$', StringComparison.Ordinal) || reading.Beside.IsPrivate(path) || reading.Beside.Parsed(path, DataFile.Read) is not { Tree: { } tree } file)
        {
            return;
        }

        foreach (var match in TreeWalk.Find(tree, KubernetesFormat.Format.Paths!, out _))
        {
            if (tree[match.Node] is { Kind: NodeKind.Scalar, Value: { Length: > 0 } image } && !tree.IsNull(match.Node) && !file.IsJudged(tree[match.Node].Span))
            {
                reading.Sink.AddOnce(ScalarUse.Judged(reading.Format.Name, Steps.Of("yamlFile", Step.Into).Add(match.Steps), image, text.Span, new PinSite.Nowhere($"it stands in {path}, at {match.Steps}: write the digest there"), null));
            }
        }
    }

    private ImageUse Unmasked(ImageUse use)
    {
        var text = reading.Source.Slice(use.Span);
        return text.Contains("${", StringComparison.Ordinal) ? ScalarUse.Judged(use.Format, use.Steps, text, use.Span, use.Site, null) : use;
    }

    private bool Mask(TextSpan span)
    {
        var found = false;
        for (var at = span.Start; reading.Source.Span[at..span.End].IndexOf("${"u8) is var next and >= 0;)
        {
            at += next;
            var length = reading.Source.Span[at..span.End].IndexOf((byte)'}') + 1;
            if (length == 0)
            {
                break;
            }

            found = true;
            foreach (ref var b in masked.Value.AsSpan(at, length))
            {
                b = b is (byte)'\n' or (byte)'\r' ? b : (byte)'x';
            }

            at += length;
        }

        return found;
    }
}
