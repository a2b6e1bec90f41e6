using System.Runtime.InteropServices;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Shell;

/// <summary>
/// Finds the images of commands in shell scripts, Makefiles and code in Markdown. A variable that is set once, to a literal, above the
/// command is followed; here-documents are text for another program and left alone.
/// </summary>
internal sealed class CommandFinder(Reading reading)
{
    private const byte Escape = (byte)'\\';

    private readonly ScriptVariables variables = new();
    private readonly List<Mention> mentions = [];

    // made when a here-document was found that is never closed: there may be more
    private LastLines? lastLines;

    public void ReadScript(bool isMake)
    {
        var text = reading.Source.Bytes;
        LogicalLines lines = new(text, reading.Source.BomLength, Escape);
        while (lines.Next())
        {
            var line = CollectionsMarshal.AsSpan(lines.Line);
            if (isMake && variables.DeclareMake(line))
            {
                continue;
            }

            Line(line, isMake);
            var behind = lines.Position;
            foreach (var heredoc in isMake ? [] : Heredoc.Of(lines.Line))
            {
                if (lastLines?.MayClose(heredoc, behind) == false || !lines.SkipHeredoc(heredoc))
                {
                    // it is none, as in $((1<<n)), or it never ends
                    lastLines ??= new(text.Span);
                    lines = new(text, behind, Escape);
                    break;
                }
            }
        }

        CodeText.Place(reading, mentions);
    }

    /// <summary>Code in Markdown: fenced blocks and spans between backticks.</summary>
    public void ReadProse()
    {
        var file = reading.Source.Span;
        var fenced = false;
        LogicalLines? block = null;
        for (var at = reading.Source.BomLength; at < file.Length;)
        {
            var end = file[at..].IndexOf((byte)'\n') is var n && n < 0 ? file.Length : at + n;
            var line = file[at..end].TrimStart(" \t>"u8);
            if (line.StartsWith("```"u8) || line.StartsWith("~~~"u8))
            {
                fenced = !fenced;
            }
            else if (fenced)
            {
                block = new(reading.Source.Bytes, at, Escape);
                block.Next();
                Line(CollectionsMarshal.AsSpan(block.Line), isMake: false);
                end = Math.Max(end, block.Position - 1);
            }
            else
            {
                Spans(at, end);
            }

            at = end + 1;
        }

        CodeText.Place(reading, mentions);
    }

    private void Spans(int at, int end)
    {
        var file = reading.Source.Span;
        while (at < end && file[at..end].IndexOf((byte)'`') is var open and >= 0)
        {
            at += open + 1;
            var close = file[at..end].IndexOf((byte)'`');
            if (close < 0)
            {
                return;
            }

            List<Cell> cells = new(close);
            for (var i = at; i < at + close; i++)
            {
                cells.Add(new Cell(file[i], i));
            }

            Line(CollectionsMarshal.AsSpan(cells), isMake: false);
            at += close + 1;
        }
    }

    private void Line(ReadOnlySpan<Cell> line, bool isMake)
    {
        foreach (var words in CommandWords.Split(line))
        {
            var first = FirstWord(line, words, isMake);
            if (first < 0)
            {
                continue;
            }

            List<string> texts = new(words.Count);
            foreach (var word in words)
            {
                texts.Add(Cells.Text(Bare(line[word])));
            }

            var name = texts[first].TrimStart('@', '-', '+');
            if (ContainerCommand.IsTool(name) && Operand(line, words, texts, first) is var image and >= 0)
            {
                Note(line[words[image]], $"{name[(name.LastIndexOf('/') + 1)..]} {Verb(texts, first)}", isMake);
            }
        }
    }

    // `docker run $OPTIONS nginx`: an unquoted variable of that name stands for options
    private static int Operand(ReadOnlySpan<Cell> line, List<Range> words, List<string> texts, int tool)
    {
        var image = ContainerCommand.Image(texts, tool);
        while (image >= 0 && image + 1 < words.Count && line[words[image]][0].Byte == '$' && IsOptions(texts[image]))
        {
            image = ContainerCommand.Operand(texts, image + 1);
        }

        return image;
    }

    private static bool IsOptions(string text) =>
        text.Contains("OPT", StringComparison.OrdinalIgnoreCase) || text.Contains("ARG", StringComparison.OrdinalIgnoreCase) || text.Contains("FLAG", StringComparison.OrdinalIgnoreCase);

    private static string Verb(List<string> texts, int tool) => texts.Skip(tool).First(t => t is "run" or "create" or "pull");

    // the program's word, behind assignments, prompts and words that run what follows them; assignments of a line of their own are noted
    private int FirstWord(ReadOnlySpan<Cell> line, List<Range> words, bool isMake)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = line[words[i]];
            var text = Cells.Text(word);
            if (text is "for" or "read")
            {
                variables.Forget(i + 1 < words.Count ? Cells.Text(line[words[i + 1]]) : "");
                return -1;
            }

            if (!isMake && variables.Declare(word))
            {
                continue;
            }

            if (text is not ("$" or "%" or ">" or "{" or "!" or "sudo" or "exec" or "time" or "env" or "command" or "nohup" or "eval"
                or "then" or "do" or "else" or "if" or "elif" or "while" or "until" or "export" or "local" or "readonly" or "declare" or "@" or "-r" or "-E"))
            {
                return i;
            }
        }

        return -1;
    }

    private void Note(ReadOnlySpan<Cell> word, string path, bool isMake)
    {
        var bare = Bare(word);
        if (bare.IsEmpty)
        {
            return;
        }

        var span = TextSpan.FromBounds(bare[0].At, bare[^1].At + 1);
        var text = Cells.Text(bare);
        if (text is "$@" or "$*" || text.StartsWith('<') || text.StartsWith("$(", StringComparison.Ordinal) && !isMake)
        {
            reading.Sink.Add(DynamicUse.Of(reading.Format.Name, Steps.Of(path), text, span, $"{text} is known when the script runs"));
            return;
        }

        var value = isMake
            ? CodeText.Expand(reading.Source, span, 0, ScriptVariables.MakeExpression, variables.Known)
            : Expander.Expand(word, Escape, variables.Look, inReference: true);
        mentions.Add(new Mention(path, text, span.Start, span.End, value, MentionPlace.Syntax, 0));
    }

    private static ReadOnlySpan<Cell> Bare(ReadOnlySpan<Cell> word) =>
        word.Length > 1 && word[0].Byte is (byte)'"' or (byte)'\'' && word[^1].Byte == word[0].Byte ? word[1..^1] : word;
}
