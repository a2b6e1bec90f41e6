using System.Runtime.CompilerServices;
using System.Text;
using Cleat.Files;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Embedded;
using Cleat.Formats;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Dockerfile;

/// <summary>The cases beside this file, and what reading and pinning mean on them.</summary>
internal static class Cases
{
    internal const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    internal static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "cases");

    internal static IEnumerable<string> Names => Directory.GetDirectories(Folder()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    internal static byte[] Input(string name) => File.ReadAllBytes(Path.Combine(Folder(), name, "input.Dockerfile"));

    internal static UseSink Read(ReadOnlyMemory<byte> text, OffsetMap? map = null)
    {
        UseSink sink = new();
        DockerfileFormat.Read(text, map ?? OffsetMap.Shift(0), "dockerfile", Steps.Root, sink);
        return sink;
    }

    internal static string Show(SourceText source, UseSink sink)
    {
        StringBuilder lines = new();
        foreach (var use in sink.Uses)
        {
            var position = source.Position(use.Span.Start);
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{position.Line}:{position.Column} {use.Span.Length} {use.Verdict} {use.Path} {use.Text}");
            if (use.Reference is { } reference && reference.Original != use.Text)
            {
                lines.Append(" -> ").Append(reference.Original);
            }

            if (use.Problem is { } problem)
            {
                lines.Append(" | ").Append(problem);
            }

            lines.Append(Where(source, use)).Append('\n');
        }

        foreach (var problem in sink.Problems)
        {
            var position = source.Position(problem.Offset);
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{position.Line}:{position.Column} problem {problem.Message}\n");
        }

        return lines.ToString();
    }

    // only where it is not the use itself: the digest's own place, or why there is none
    private static string Where(SourceText source, ImageUse use)
    {
        if (use.Site is PinSite.Nowhere nowhere)
        {
            return use.Verdict is Verdict.Dynamic or Verdict.Pinned ? $" [nowhere: {nowhere.Why}]" : "";
        }

        var site = (PinSite.Text)use.Site;
        var position = source.Position(site.Span.Start);
        return site.Span == use.Span && site.Prefix.Length == 0
            ? ""
            : $" [at {position.Line}:{position.Column} {site.Span.Length} '{site.Prefix}'+'{source.Slice(site.Span)}']";
    }

    /// <summary>Writes a digest behind every unpinned use.</summary>
    internal static SourceText Pin(SourceText source, IEnumerable<ImageUse> uses) => source.Apply(
        uses.Where(u => u.Verdict == Verdict.Unpinned)
            .Select(u => new Edit(new TextSpan(((PinSite.Text)u.Site).Span.End, 0), "@" + Digest)));

    /// <summary>Takes those digests out again.</summary>
    internal static SourceText Unpin(SourceText source, IEnumerable<ImageUse> uses)
    {
        List<Edit> edits = [];
        foreach (var site in uses.Where(u => u.Verdict == Verdict.Pinned).Select(u => u.Site).OfType<PinSite.Text>())
        {
            if (source.Slice(site.Span).EndsWith("@" + Digest, StringComparison.Ordinal))
            {
                edits.Add(new Edit(new TextSpan(site.Span.End - Digest.Length - 1, Digest.Length + 1), ""));
            }
        }

        return source.Apply(edits);
    }

    internal static void Invariants(SourceText source, UseSink sink)
    {
        var at = 0;
        foreach (var use in sink.Uses)
        {
            Assert.True(use.Span.Start >= at && use.Span.Length >= 0 && use.Span.End <= source.Bytes.Length, "a use overlaps another or lies outside the text");
            at = use.Span.End;
            Assert.Equal(use.Verdict is Verdict.Dynamic or Verdict.Malformed or Verdict.NotAnImage, use.Reference is null && use.Site is PinSite.Nowhere);
            if (use.Site is PinSite.Text site)
            {
                Assert.True(site.Span.Start >= 0 && site.Span.End <= source.Bytes.Length);
                if (use.Reference is { } reference)
                {
                    Assert.Equal(reference.Original, site.Prefix + source.Slice(site.Span) + site.Suffix);
                }
            }
        }
    }
}
