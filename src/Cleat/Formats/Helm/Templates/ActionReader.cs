using System.Globalization;
using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Reads what stands in one action: its keyword and its pipeline.</summary>
internal sealed class ActionReader(SourceText source, TextSpan inner)
{
    private const int DeepestNesting = 50;

    private int at = inner.Start;
    private int depth;

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

    /// <summary>The keyword that stands here; "" when there is none.</summary>
    public string Keyword()
    {
        Space();
        var end = at;
        while (end < inner.End && char.IsAsciiLetter((char)source.Span[end]))
        {
            end++;
        }

        var word = Encoding.ASCII.GetString(source.Span[at..end]);
        var isWhole = end >= inner.End || source.Span[end] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'(' or (byte)'"' or (byte)'$' or (byte)'.';
        Word = isWhole && word is "if" or "with" or "range" or "define" or "block" or "template" or "end" or "else" or "break" or "continue" ? word : "";
        at = Word.Length > 0 ? end : at;
        return Word;
    }

    /// <summary>A name in quotes.</summary>
    public string Text()
    {
        Space();
        return Here is '"' or '`' ? Quoted() : throw Wrong("a name in quotes is missing");
    }

    /// <summary>The pipeline that stands here, not read yet.</summary>
    public Code Code => new(source, TextSpan.FromBounds(int.Min(at, inner.End), inner.End));

    public Pipeline Pipeline()
    {
        if (++depth > DeepestNesting)
        {
            throw Wrong("nested too deep");
        }

        Space();
        var start = at;
        var (variables, declares) = Variables();
        List<Operand[]> commands = [];
        List<Operand> command = [];
        while (true)
        {
            Space();
            if (at >= inner.End || Here is ')' or '|')
            {
                if (command.Count == 0)
                {
                    throw Wrong("a command is missing");
                }

                commands.Add([.. command]);
                command = [];
                if (Here != '|')
                {
                    break;
                }

                at++;
                continue;
            }

            command.Add(Operand());
        }

        depth--;
        return new(start, variables, declares, [.. commands]);
    }

    // `$x :=`, `$x =`, `$k, $v :=`
    private (string[] Names, bool Declares) Variables()
    {
        var start = at;
        List<string> names = [];
        while (Here == '$')
        {
            at++;
            names.Add(Name());
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
                return ([.. names], declares);
            }

            break;
        }

        at = start;
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
        List<string> names = [];
        while (Here == '.' && at + 1 < inner.End && IsName(source.Span[at + 1]))
        {
            at++;
            names.Add(Name());
        }

        return [.. names];
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

        return Encoding.UTF8.GetString(source.Span[start..at]);
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
