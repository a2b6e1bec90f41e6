using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Tests.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Tests.Formats;

/// <summary>
/// A pin in HCL lengthens a string and nothing else, so that what <c>terraform fmt</c>, <c>nomad fmt</c> and the like set in columns (what stands in front
/// of <c>=</c>, and the <c>=</c>) stays where it is.
/// </summary>
public sealed class HclPinTests
{
    public static TheoryData<string> Cases() =>
        [.. CaseFiles.Folders().Where(f => f.StartsWith("Terraform/", StringComparison.Ordinal) || f.StartsWith("Nomad/", StringComparison.Ordinal) || f.StartsWith("Bake/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_edit_lies_inside_of_one_string(string folder)
    {
        foreach (var name in CaseFiles.Inputs(folder).Where(n => n.EndsWith(".tf", StringComparison.Ordinal) || n.EndsWith(".tfvars", StringComparison.Ordinal) || n.EndsWith(".hcl", StringComparison.Ordinal) || n.EndsWith(".nomad", StringComparison.Ordinal)))
        {
            SourceText source = new(name, File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name)));
            var strings = Strings(HclTrees.Read(source, out _));
            foreach (var use in FileReading.Read(source, beside: CaseFiles.Beside(folder, name)).Uses.Where(u => u.Verdict == Verdict.Unpinned))
            {
                foreach (var edit in Pinner.Pin(source, use, PinProperties.Fixed, PinStyle.TagDigest, out _)?.Edits ?? [])
                {
                    Assert.Contains(strings, s => s.Start <= edit.Span.Start && edit.Span.End <= s.End);
                    Assert.DoesNotContain('"', edit.NewText);
                    Assert.True(!edit.NewText.Contains('\n', StringComparison.Ordinal) || IsHeredoc(source, strings, edit.Span), $"{name}: {edit.NewText}");
                }
            }
        }
    }

    // strings, heredocs and the literals in expressions
    private static List<TextSpan> Strings(Tree tree)
    {
        List<TextSpan> strings = [.. tree.Loops.SelectMany(l => Quoted(tree.Source, l.List))];
        for (var i = 0; i < tree.Count; i++)
        {
            if (tree[i].Kind != NodeKind.Scalar || tree[i].IsPlain)
            {
                if (tree[i] is { Kind: NodeKind.Scalar, Tag: HclTrees.Expression })
                {
                    strings.AddRange(Quoted(tree.Source, tree[i].Span));
                }
            }
            else
            {
                strings.Add(tree[i].Span);
            }
        }

        return strings;
    }

    private static IEnumerable<TextSpan> Quoted(SourceText source, TextSpan span)
    {
        for (int at = span.Start, open = -1; at < span.End; at++)
        {
            if (source.Span[at] == '"')
            {
                if (open >= 0)
                {
                    yield return TextSpan.FromBounds(open, at);
                }

                open = open >= 0 ? -1 : at + 1;
            }
        }
    }

    private static bool IsHeredoc(SourceText source, List<TextSpan> strings, TextSpan span) =>
        strings.Exists(s => s.Start <= span.Start && span.End <= s.End && source.Span[s.Start - 1] == '\n');
}
