using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Reads what stands in one action: its keyword and its pipeline.</summary>
/// <remarks>One for each thread is enough to read the pipelines: what is being put together lies in lists of the thread.</remarks>
internal sealed class ActionReader(SourceText source, TextSpan inner)
{
    private const int DeepestNesting = 50;

    private static readonly (string Text, byte[] Bytes)[] Keywords =
        [.. ((string[])["if", "end", "else", "with", "range", "define", "block", "template", "break", "continue"]).Select(k => (k, Encoding.ASCII.GetBytes(k)))];

    // the operands, commands and names of the pipelines that are being read, the innermost last
    [ThreadStatic]
    private static (List<Operand> Operands, List<Operand[]> Commands, List<string> Names)? parts;

    private TextSpan inner = inner;
    private int at = inner.Start;
    private int depth;

    private static List<Operand> Operands => (parts ??= ([], [], [])).Operands;

    private static List<Operand[]> Commands => parts!.Value.Commands;

    private static List<string> Names => (parts ??= ([], [], [])).Names;

    /// <summary>The text of the action, without its marks.</summary>
    public TextSpan Span => inner;

    /// <summary>The keyword that was read last.</summary>
    public string Word { get; private set; } = "";

    public bool IsAtEnd
    {
        get
        {
            Space();
            return at >= inner.End;
        }
    }

    private char Here => at < inner.End ? (char)source.Span[at] : '\0';

    /// <summary>Goes on with another action.</summary>
    public void Move(TextSpan to) => (inner, at, depth, Word) = (to, to.Start, 0, "");

    /// <summary>The whole of it as a pipeline.</summary>
    /// <exception cref="TemplateException">Go would not read it.</exception>
    public Pipeline Whole()
    {
        try
        {
            return Pipeline();
        }
        catch (TemplateException)
        {
            // half of it lies there
            parts = null;
            throw;
        }
    }

    /// <summary>The keyword that stands here; "" when there is none.</summary>
    public string Keyword()
    {
        Space();
        var end = at;
        while (end < inner.End && char.IsAsciiLetter((char)source.Span[end]))
        {
            end++;
        }

        var isWhole = end >= inner.End || source.Span[end] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'(' or (byte)'"' or (byte)'$' or (byte)'.';
        Word = isWhole ? KeywordOf(source.Span[at..end]) : "";
        at = Word.Length > 0 ? end : at;
        return Word;
    }

    private static string KeywordOf(ReadOnlySpan<byte> word)
    {
        foreach (var (text, bytes) in Keywords)
        {
            if (word.SequenceEqual(bytes))
            {
                return text;
            }
        }

        return "";
    }

    /// <summary>A name in quotes.</summary>
    public string Text()
    {
        Space();
        return Here is '"' or '`' ? Quoted() : throw Wrong("a name in quotes is missing");
    }

    /// <summary>The pipeline that stands here, not read yet.</summary>
    public Code Code => new(source, TextSpan.FromBounds(int.Min(at, inner.End), inner.End));

    private Pipeline Pipeline()
    {
        if (++depth > DeepestNesting)
        {
            throw Wrong("nested too deep");
        }

        Space();
        var start = at;
        var (variables, declares) = Variables();
        var (firstCommand, firstOperand) = (Commands.Count, Operands.Count);
        while (true)
        {
            Space();
            if (at >= inner.End || Here is ')' or '|')
            {
                if (Operands.Count == firstOperand)
                {
                    throw Wrong("a command is missing");
                }

                Commands.Add(Taken(Operands, firstOperand));
                if (Here != '|')
                {
                    break;
                }

                at++;
                continue;
            }

            Operands.Add(Operand());
        }

        depth--;
        return new(start, variables, declares, Taken(Commands, firstCommand));
    }

    // what was put into a list from there on
    private static T[] Taken<T>(List<T> list, int first)
    {
        var taken = CollectionsMarshal.AsSpan(list)[first..].ToArray();
        list.RemoveRange(first, list.Count - first);
        return taken;
    }

    // `$x :=`, `$x =`, `$k, $v :=`
    private (string[] Names, bool Declares) Variables()
    {
        var (start, first) = (at, Names.Count);
        while (Here == '$')
        {
            at++;
            Names.Add(Name());
            Space();
            if (Here == ',')
            {
                at++;
                Space();
                continue;
            }

            if (Here == '=' || (Here == ':' && at + 1 < inner.End && source.Span[at + 1] == '='))
            {
                var declares = Here == ':';
                at += declares ? 2 : 1;
                return (Taken(Names, first), declares);
            }

            break;
        }

        at = start;
        Names.RemoveRange(first, Names.Count - first);
        return ([], false);
    }

    private Operand Operand()
    {
        var start = at;
        switch (Here)
        {
            case '"' or '`':
                return new Operand.Literal(start, Quoted());
            case '\'':
                return Character();
            case '(':
                at++;
                var pipeline = Pipeline();
                if (Here != ')')
                {
                    throw Wrong("a parenthesis is not closed");
                }

                at++;
                return new Operand.Fields(start, null, pipeline, Fields());
            case '.':
                return new Operand.Fields(start, null, null, at + 1 < inner.End && IsName(source.Span[at + 1]) ? Fields() : Dot());
            case '$':
                at++;
                return new Operand.Fields(start, Name(), null, Fields());
        }

        if (char.IsAsciiDigit(Here) || Here is '-' or '+')
        {
            return Number();
        }

        var name = Name();
        return name switch
        {
            "" => throw Wrong("it is no template that can be read"),
            "true" => new Operand.Literal(start, true),
            "false" => new Operand.Literal(start, false),
            "nil" => new Operand.Literal(start, null),
            _ => new Operand.Function(start, name),
        };
    }

    // a number to Go, and in no reference
    private Operand.Literal Character()
    {
        var start = at;
        at++;
        while (at < inner.End && source.Span[at] != '\'')
        {
            at += source.Span[at] == '\\' ? 2 : 1;
        }

        at++;
        return new(start, (long)(at - start));
    }

    private string[] Dot()
    {
        at++;
        return [];
    }

    private string[] Fields()
    {
        var first = Names.Count;
        while (Here == '.' && at + 1 < inner.End && IsName(source.Span[at + 1]))
        {
            at++;
            Names.Add(Name());
        }

        return Taken(Names, first);
    }

    private Operand.Literal Number()
    {
        var start = at++;
        while (at < inner.End && (char.IsAsciiLetterOrDigit(Here) || Here is '.' or '_'))
        {
            at++;
        }

        var text = Encoding.ASCII.GetString(source.Span[start..at]);
        return new(start, long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? (object)whole
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong("a number that cannot be read"));
    }

    private string Quoted()
    {
        var quote = Here;
        var start = ++at;
        while (at < inner.End && Here != quote)
        {
            at += Here == '\\' && quote == '"' ? 2 : 1;
        }

        if (at >= inner.End)
        {
            throw Wrong("a text is not closed");
        }

        var text = Encoding.UTF8.GetString(source.Span[start..at]);
        at++;
        return quote == '`' ? text : Unescaped(text);
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder plain = new();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && ++i < text.Length)
            {
                plain.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private string Name()
    {
        var start = at;
        while (at < inner.End && IsName(source.Span[at]))
        {
            at++;
        }

        return NamePool.Of(source.Span[start..at]);
    }

    private static bool IsName(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == '_' || b >= 0x80;

    private void Space()
    {
        while (at < inner.End && source.Span[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }
    }

    private TemplateException Wrong(string message) => new(at, message);
}
