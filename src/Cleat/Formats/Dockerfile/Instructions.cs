using System.Runtime.InteropServices;

namespace Cleat.Formats.Dockerfile;

/// <summary>Walks the instructions and notes every mention of an image, every stage and every variable.</summary>
internal sealed class Instructions(ReadOnlyMemory<byte> text, int start, byte escape)
{
    private readonly LogicalLines lines = new(text, start, escape);
    private readonly Scope scope = new();

    public List<Mention> Mentions { get; } = [];

    public Stages Stages { get; } = new();

    /// <summary>Where a heredoc begins that never ends, when instructions may be hidden in it; else -1.</summary>
    public int HiddenBehind { get; private set; } = -1;

    public void Read()
    {
        while (lines.Next())
        {
            var line = CollectionsMarshal.AsSpan(lines.Line);
            if (Instruction(line, 0, "") && !SkipHeredocs())
            {
                return;
            }
        }
    }

    // true when the instruction may open heredocs
    private bool Instruction(ReadOnlySpan<Cell> line, int at, string prefix)
    {
        if (!Words.NextPlain(line, ref at, out var keyword))
        {
            return false;
        }

        switch (Keyword(line[keyword]))
        {
            case "FROM":
                From(line, at, prefix);
                return false;
            case "COPY":
                Flags(line, at, prefix + "COPY --from");
                return true;
            case "ADD":
                Flags(line, at, prefix + "ADD --from");
                return true;
            case "RUN":
                Mounts(line, at, prefix + "RUN --mount from");
                return true;
            case "ARG" when prefix.Length == 0:
                Args(line, at);
                return false;
            case "ENV" when prefix.Length == 0:
                Envs(line, at);
                return false;
            case "ONBUILD" when prefix.Length == 0:
                return Instruction(line, at, "ONBUILD ");
            default:
                return false;
        }
    }

    private static string Keyword(ReadOnlySpan<Cell> word) => word.Length > 7 ? "" : Cells.Text(word).ToUpperInvariant();

    private void From(ReadOnlySpan<Cell> line, int at, string prefix)
    {
        Range word;
        while (true)
        {
            if (!Words.NextPlain(line, ref at, out word))
            {
                return;
            }

            if (!Cells.StartsWith(line[word], "--"u8))
            {
                break;
            }

            Expander.Expand(line[word], escape, scope.ForFrom, inReference: false);

            // `--platform linux/amd64` does not build, but what follows it is no image either
            if (Cells.IndexOf(line[word], (byte)'=') < 0)
            {
                Words.NextPlain(line, ref at, out _);
            }
        }

        Note(line[word], prefix + "FROM", MentionPlace.From);
        if (prefix.Length > 0)
        {
            return;
        }

        var name = "";
        if (Words.NextPlain(line, ref at, out var alias) && Keyword(line[alias]) == "AS" && Words.NextPlain(line, ref at, out alias))
        {
            name = Cells.Text(line[alias]);
        }

        Stages.Add(name);
        scope.StartStage();
    }

    private void Flags(ReadOnlySpan<Cell> line, int at, string path)
    {
        while (NextFlag(line, ref at, out var flag))
        {
            if (Cells.StartsWith(CollectionsMarshal.AsSpan(flag), "--from="u8))
            {
                Note(CollectionsMarshal.AsSpan(flag)["--from=".Length..], path, MentionPlace.Source);
            }
        }
    }

    // --mount is a line of CSV; a field without '=' is a switch
    private void Mounts(ReadOnlySpan<Cell> line, int at, string path)
    {
        while (NextFlag(line, ref at, out var flag))
        {
            var rest = CollectionsMarshal.AsSpan(flag);
            if (!Cells.StartsWith(rest, "--mount="u8))
            {
                continue;
            }

            rest = rest["--mount=".Length..];
            while (!rest.IsEmpty)
            {
                var comma = Cells.IndexOf(rest, (byte)',');
                var field = comma < 0 ? rest : rest[..comma];
                rest = comma < 0 ? default : rest[(comma + 1)..];
                if (field.Length > 5 && Keyword(field[..4]) == "FROM" && field[4].Byte == '=')
                {
                    Note(field[5..], path, MentionPlace.Source);
                }
            }
        }
    }

    // BuildKit takes quotes and backslashes out of a flag before anything else (extractBuilderFlags)
    private static bool NextFlag(ReadOnlySpan<Cell> line, ref int at, out List<Cell> flag)
    {
        flag = [];
        var from = Words.SkipSpace(line, at);
        if (!Cells.StartsWith(line[from..], "--"u8) || !Words.NextQuoted(line, ref at, (byte)'\\', out var word, out _))
        {
            return false;
        }

        flag = Words.Unquote(line[word], (byte)'\\');
        return flag.Count > 2;
    }

    private void Note(ReadOnlySpan<Cell> word, string path, MentionPlace place)
    {
        if (word.IsEmpty)
        {
            return;
        }

        var value = Expander.Expand(word, escape, place == MentionPlace.From ? scope.ForFrom : scope.ForStage, inReference: true);
        var bare = Bare(word);
        Mentions.Add(value.HasExpression || value.Cells.Count == 0
            ? new Mention(path, Cells.Text(bare), bare[0].At, bare[^1].At + 1, value, place, Stages.Count)
            : new Mention(path, value.Text, value.Cells[0].At, value.Cells[^1].At + 1, value, place, Stages.Count));
    }

    // without a pair of quotes around the whole
    private static ReadOnlySpan<Cell> Bare(ReadOnlySpan<Cell> word) =>
        word.Length > 2 && word[0].Byte is (byte)'"' or (byte)'\'' && Cells.IndexOf(word[1..], word[0].Byte) == word.Length - 2 ? word[1..^1] : word;

    private void Args(ReadOnlySpan<Cell> line, int at)
    {
        while (Words.NextQuoted(line, ref at, escape, out var word, out _))
        {
            var equals = Cells.IndexOf(line[word], (byte)'=');
            if (equals < 0)
            {
                scope.DeclareBare(Cells.Text(line[word]));
            }
            else
            {
                Declare(Cells.Text(line[word][..equals]), line[word][(equals + 1)..], isEnv: false);
            }
        }
    }

    // `ENV name=value …`, and the old `ENV name value with spaces`
    private void Envs(ReadOnlySpan<Cell> line, int at)
    {
        var first = true;
        while (Words.NextQuoted(line, ref at, escape, out var word, out _))
        {
            var equals = Cells.IndexOf(line[word], (byte)'=');
            if (equals >= 0)
            {
                Declare(Cells.Text(line[word][..equals]), line[word][(equals + 1)..], isEnv: true);
            }
            else if (first)
            {
                Declare(Cells.Text(line[word]), line[Words.SkipSpace(line, at)..], isEnv: true);
                return;
            }

            first = false;
        }
    }

    private void Declare(string name, ReadOnlySpan<Cell> literal, bool isEnv)
    {
        var value = Expander.Expand(literal, escape, scope.InStage ? scope.ForStage : scope.ForFrom, inReference: false);
        var bare = Bare(literal);
        scope.Declare(new Variable(name)
        {
            Value = value,
            Unknown = value.Unknown,
            IsGlobal = !scope.InStage,
            IsEnv = isEnv,
            Keyword = isEnv ? "ENV" : "ARG",
            Start = bare.IsEmpty ? 0 : bare[0].At,
            End = bare.IsEmpty ? 0 : bare[^1].At + 1,
        });
    }

    private bool SkipHeredocs()
    {
        foreach (var heredoc in Heredoc.Of(lines.Line))
        {
            var body = lines.Position;
            if (!lines.SkipHeredoc(heredoc))
            {
                HiddenBehind = MayHide(body) ? lines.Line[0].At : -1;
                return false;
            }
        }

        return true;
    }

    private bool MayHide(int from)
    {
        LogicalLines rest = new(text, from, escape);
        while (rest.Next())
        {
            var at = 0;
            if (Words.NextPlain(CollectionsMarshal.AsSpan(rest.Line), ref at, out var word)
                && Keyword(CollectionsMarshal.AsSpan(rest.Line)[word]) is "FROM" or "COPY" or "ADD" or "RUN" or "ONBUILD")
            {
                return true;
            }
        }

        return false;
    }
}
