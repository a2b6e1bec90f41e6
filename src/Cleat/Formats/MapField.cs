using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>
/// One entry of a map, key and value, and how a <c>digest</c> is written beside it: on a line of its own in block style, behind a comma in flow
/// style and JSON, with the file's own indentation, quotes and line ending.
/// </summary>
/// <param name="Key">The key's node.</param>
/// <param name="Value">The value's node as it is written: an alias is not followed.</param>
internal readonly record struct MapField(Tree Tree, int Map, int Key, int Value)
{
    private const string Digest = "digest";

    private const string Unpinned = "# unpinned: ";

    private ReadOnlySpan<byte> Bytes => Tree.Source.Span;

    /// <summary>The entry under a key; null when there is none.</summary>
    public static MapField? Find(Tree tree, int map, string key)
    {
        for (var k = tree[map].Kind == NodeKind.Map ? tree[map].First : -1; k >= 0; k = tree[tree[k].Next].Next)
        {
            if (tree[k].Kind == NodeKind.Scalar && tree[k].Value == key)
            {
                return new(tree, map, k, tree[k].Next);
            }
        }

        return null;
    }

    /// <summary>The scalar text of the value, aliases followed; null when it is null, empty or no scalar.</summary>
    public string? Text => Tree.Target(Value) is var v and >= 0 && Tree[v] is { Kind: NodeKind.Scalar, Value.Length: > 0 } node && !Tree.IsNull(v) ? node.Value : null;

    /// <summary>The bytes of the value without quotes.</summary>
    public TextSpan Span => Tree[Value].Span;

    /// <summary>True for an alias, and for what an alias may stand for elsewhere.</summary>
    public bool IsShared => Tree[Value].Kind == NodeKind.Alias || (Bytes[..Quoted(Value).Start].TrimEnd(" \t"u8) is var before && before[(before.LastIndexOfAny((byte)' ', (byte)'\n', (byte)':') + 1)..].StartsWith("&"u8));

    /// <summary>Where a <c>digest</c> goes that is not there yet: behind this entry, or in its place when the tag is not to be kept.</summary>
    public PinSite.InsertField DigestBehind() => FieldBehind(Digest, "");

    /// <summary>Where a field goes that is not there yet: behind this entry, or in its place.</summary>
    /// <param name="field">Its key.</param>
    /// <param name="lead">What of its value stands before the digest.</param>
    public PinSite.InsertField FieldBehind(string field, string lead)
    {
        var key = Quoted(Key);
        var value = Quoted(Value);
        var quote = Bytes[key.Start] == '"' ? "\"" : "";
        // JSON is written with and without white space
        var colon = quote.Length == 0 ? ": " : Tree.Source.Slice(TextSpan.FromBounds(key.End, Colon(key.End)));
        var name = $"{quote}{field}{quote}{colon}{quote}{lead}";
        PinSite.InsertField instead = new(TextSpan.FromBounds(key.Start, value.End), name, quote);
        if (IsFlow)
        {
            var gap = key.Start;
            while (gap > 0 && Bytes[gap - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                gap--;
            }

            var space = Bytes[gap - 1] is (byte)',' or (byte)'{' ? Tree.Source.Slice(TextSpan.FromBounds(gap, key.Start)) : " ";
            return new(new(value.End, 0), $",{(space.Length == 0 && quote.Length == 0 ? " " : space)}{name}", quote) { WithoutTag = instead };
        }

        return new(new(LineEnd(value.End), 0), $"{LineBreak(value.End)}{Indentation()}{name}", quote) { WithoutTag = instead };
    }

    /// <summary>The site of a <c>digest</c> that is there, filled or empty; this entry is that one.</summary>
    public PinSite DigestHere()
    {
        var (value, written) = (Span, Quoted(Value));
        if (Tree[Value].Kind != NodeKind.Scalar)
        {
            return new PinSite.Nowhere("the digest is no plain text here: write it in place");
        }

        if (Text is null)
        {
            // what is empty between quotes is filled there; a null, or nothing at all, is replaced
            return written != value ? new PinSite.InsertField(value, "", "")
                : new PinSite.InsertField(value, Bytes[value.Start - 1] == ':' ? " " : "", Kept(value));
        }

        // `digest: ""` is how a chart keeps the place: it is emptied, where Cleat itself writes no quotes
        var whole = written != value && Bytes[Quoted(Key).Start] != '"' ? value : Whole();
        PinSite.Field field = new(value, whole) { LineComment = MayComment ? "#" : null, TagSetter = TagSetter() };
        return Before(value) is { } before ? field with { Whole = before.Span, Left = before.Left } : field;
    }

    private bool MayComment => Tree.Syntax == TreeSyntax.Yaml && !IsFlow;

    // a null, and nothing at all, are kept in words: in an overlay they switch a default off, and unpin gives them back
    private string Kept(TextSpan value) =>
        MayComment && TrailingComment.Behind(Tree.Source, value) is { Setter: null } ? $" {Unpinned}{(value.Length == 0 ? "empty" : Tree.Source.Slice(value))}" : "";

    private (TextSpan Span, string Left)? Before(TextSpan value)
    {
        if (!MayComment || TrailingComment.Behind(Tree.Source, value) is not { } comment || !$"# {comment.Text}".StartsWith(Unpinned, StringComparison.Ordinal))
        {
            return null;
        }

        var word = comment.Text[(Unpinned.Length - 2)..].Split(' ', 2)[0];
        var end = comment.Start + Unpinned.Length - 2 + word.Length;
        return word switch
        {
            "empty" => (TextSpan.FromBounds(value.Start - 1, end), ""),
            "null" or "Null" or "NULL" or "~" => (TextSpan.FromBounds(value.Start, end), word),
            _ => null,
        };
    }

    // a program that writes the tag and not the digest
    private string? TagSetter()
    {
        if (Tree.Syntax != TreeSyntax.Yaml || TrailingComment.Behind(Tree.Source, Span)?.Setter is not null)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["newTag", "tag", "imageTag", "version"])
        {
            if (Find(Tree, Map, name) is { Text: not null } tag && TrailingComment.Behind(Tree.Source, tag.Span)?.Setter is { } setter)
            {
                return setter;
            }
        }

        return null;
    }

    private bool IsFlow
    {
        get
        {
            var at = Tree[Map].Span.Start;
            while (at < Bytes.Length && Bytes[at] is (byte)'&' or (byte)'!')
            {
                at += int.Max(1, Bytes[at..].IndexOfAny((byte)' ', (byte)'\n', (byte)'\r'));
                while (at < Bytes.Length && Bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                {
                    at++;
                }
            }

            return at < Bytes.Length && Bytes[at] == '{';
        }
    }

    // the colon and the white space behind it, on its line
    private int Colon(int at)
    {
        while (at < Bytes.Length && Bytes[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        at += at < Bytes.Length && Bytes[at] == ':' ? 1 : 0;
        while (at < Bytes.Length && Bytes[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The entry as a whole, with the line break or the comma that goes with it.</summary>
    internal TextSpan Whole()
    {
        var start = Quoted(Key).Start;
        var end = Quoted(Value).End;
        var next = Tree[Value].Next;
        if (!IsFlow)
        {
            var line = Bytes[..start].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
            if (Bytes[line..start].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 && line > 0)
            {
                var lineBreak = line - (line > 1 && Bytes[line - 1] == '\n' && Bytes[line - 2] == '\r' ? 2 : 1);
                return TextSpan.FromBounds(lineBreak, LineEnd(end));
            }

            // behind a dash: the next entry takes its place
            return TextSpan.FromBounds(start, next >= 0 ? Quoted(next).Start : end);
        }

        var comma = Bytes[..start].LastIndexOfAny((byte)',', (byte)'{');
        return Bytes[comma] == ',' ? TextSpan.FromBounds(comma, end) : TextSpan.FromBounds(start, next >= 0 ? Quoted(next).Start : end);
    }

    // of an entry that starts its line, else as far in as the map starts
    private string Indentation()
    {
        for (var k = Tree[Map].First; k >= 0; k = Tree[Tree[k].Next].Next)
        {
            var start = Quoted(k).Start;
            var line = Bytes[..start].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
            line += line == 0 ? Tree.Source.BomLength : 0;
            if (Bytes[line..start].IndexOfAnyExcept((byte)' ') < 0)
            {
                return new(' ', start - line);
            }
        }

        var first = Tree[Map].Span.Start;
        var from = Bytes[..first].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return new(' ', first - from - (from == 0 ? Tree.Source.BomLength : 0));
    }

    private int LineEnd(int at) => Bytes[at..].IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0 ? at + end : Bytes.Length;

    private string LineBreak(int at)
    {
        var end = LineEnd(at);
        end = end < Bytes.Length ? end : Bytes.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? "\n" : Bytes[end..] switch { [(byte)'\r', (byte)'\n', ..] => "\r\n", [(byte)'\r', ..] => "\r", _ => "\n" };
    }

    // a node with its quotes
    private TextSpan Quoted(int node)
    {
        var span = Tree[node].Span;
        return Tree[node] is { Kind: NodeKind.Scalar, IsPlain: false } && span.Start > 0 && Bytes[span.Start - 1] is (byte)'"' or (byte)'\'' && span.End < Bytes.Length && Bytes[span.End] == Bytes[span.Start - 1]
            ? TextSpan.FromBounds(span.Start - 1, span.End + 1)
            : span;
    }
}
