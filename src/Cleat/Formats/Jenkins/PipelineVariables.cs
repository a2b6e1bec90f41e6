using System.Text;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Variables;
using Cleat.Text;

namespace Cleat.Formats.Jenkins;

using Variable = Cleat.Formats.Dockerfile.Variable;

/// <summary>
/// What a pipeline says its variables are: <c>def x = 'text'</c>, <c>environment { X = 'text' }</c>, <c>env.X = 'text'</c>, and the
/// defaults of <c>string(name: 'X', defaultValue: 'text')</c> as <c>params.X</c>. Of <c>choice(name: 'X', choices: ['a', 'b'])</c> and of
/// <c>axis { name 'X'; values 'a', 'b' }</c> each value may come. Of <c>c ? 'a' : 'b'</c> and <c>x ?: 'a'</c> the texts are. A name that is set twice, or to something else, is not known.
/// </summary>
internal sealed class PipelineVariables
{
    private readonly SourceText source;
    private readonly Tokens tokens;
    private readonly Dictionary<string, List<Variable>> known = new(StringComparer.Ordinal);

    public PipelineVariables(SourceText source, Tokens tokens)
    {
        (this.source, this.tokens) = (source, tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Word && tokens.IsMark(i + 1, '=') && !tokens.IsMark(i + 2, '=') && !tokens.IsMark(i + 2, '~'))
            {
                Set(tokens.Slice(i), tokens.SkipBreaks(i + 2), "variable");
            }
            else if (tokens.IsWord(i, "string") && tokens.IsMark(i + 1, '('))
            {
                Parameter(i + 1, tokens.Close(i + 1));
            }
            else if (tokens.IsWord(i, "choice") && tokens.IsMark(i + 1, '('))
            {
                Choice(i + 1, tokens.Close(i + 1));
            }
            else if (tokens.IsWord(i, "axis") && tokens.IsMark(i + 1, '{'))
            {
                Axis(i + 1, tokens.Close(i + 1));
            }
        }
    }

    /// <summary>A place that holds nothing but an expression, in each way in which it may come out; none when it names no variable.</summary>
    public IEnumerable<Mention> Bare(string expression, string path, TextSpan span) => Ways(choices => Find(expression, choices) is { } variable ? Bare(variable, path, span) : null);

    /// <summary>A place that holds a string, in each way in which it may come out.</summary>
    /// <param name="registry">What stands in front of the name; null for nothing.</param>
    public IEnumerable<Mention> Text(Token text, string path, Expansion? registry) => Ways(choices =>
    {
        var value = Expand(text, choices);
        return CodeText.Mention(source, text.Span, path, registry is null ? value : Registry.Before(value, registry));
    });

    /// <summary>The text of a string, or of a variable that stands alone; null for anything else.</summary>
    public Expansion? Value(int token) => tokens[token].Kind switch
    {
        TokenKind.Text => Expand(tokens[token], new Choices()),
        TokenKind.Word when Find(tokens.Slice(token), new Choices()) is { } variable => variable.Value,
        _ => null,
    };

    private static IEnumerable<Mention> Ways(Func<Choices, Mention?> read) => Choices.All(read, static _ => null).OfType<Mention>();

    private Variable? Find(string expression, Choices choices)
    {
        var name = expression.StartsWith("env.", StringComparison.Ordinal) ? expression[4..] : expression;
        return known.TryGetValue(name, out var values) && values.TrueForAll(v => v.Value is not null) && values.Count > 0 ? values[choices.Take(name, values.Count)] : null;
    }

    private Mention Bare(Variable variable, string path, TextSpan span)
    {
        Expansion value = new() { HasExpression = true };
        CodeText.Put(value, variable);
        return CodeText.Mention(source, span, path, value) with { IsText = false };
    }

    private Expansion Expand(Token text, Choices choices) =>
        CodeText.Expand(source, text.Span, (byte)'\\', text.Quote == '\'' ? null : Expression, name => Find(name, choices));

    // `$name`, `$name.part` or `${…}`
    private static int Expression(ReadOnlySpan<byte> file, int dollar, int end, out string name)
    {
        name = "";
        var at = dollar + 1;
        if (file[dollar] != '$' || at >= end)
        {
            return dollar;
        }

        if (file[at] == '{')
        {
            var close = file[at..end].IndexOf((byte)'}');
            at = close < 0 ? end : at + close + 1;
            name = Encoding.UTF8.GetString(file[(dollar + 2)..Math.Max(dollar + 2, at - 1)]).Trim();
            return at;
        }

        while (at < end && (char.IsAsciiLetterOrDigit((char)file[at]) || file[at] == '_' || (file[at] == '.' && at > dollar + 1 && at + 1 < end && char.IsAsciiLetter((char)file[at + 1]))))
        {
            at++;
        }

        name = Encoding.UTF8.GetString(file[(dollar + 1)..at]);
        return at > dollar + 1 ? at : dollar;
    }

    private void Parameter(int open, int close)
    {
        var (name, value) = ("", -1);
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.IsMark(i + 1, ':') && tokens[i + 2].Kind == TokenKind.Text)
            {
                name = tokens.IsWord(i, "name") ? tokens.Slice(i + 2) : name;
                value = tokens.IsWord(i, "defaultValue") ? i + 2 : value;
            }
        }

        if (name.Length > 0 && value >= 0)
        {
            Set("params." + name, value, "parameter");
        }
    }

    // choice(name: 'X', choices: ['a', 'b'])
    private void Choice(int open, int close)
    {
        var name = "";
        List<int> values = [];
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.IsWord(i, "name") && tokens.IsMark(i + 1, ':'))
            {
                name = tokens[i + 2].Kind == TokenKind.Text ? tokens.Slice(i + 2) : "";
            }
            else if (tokens.IsWord(i, "choices") && tokens.IsMark(i + 1, ':') && tokens.IsMark(i + 2, '['))
            {
                values = Texts(i + 3, tokens.Close(i + 2));
            }
        }

        SetAll("params." + name, values, "choice");
    }

    // axis { name 'X'; values 'a', 'b' }
    private void Axis(int open, int close)
    {
        var name = "";
        List<int> values = [];
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.IsWord(i, "name"))
            {
                name = tokens[i + 1].Kind == TokenKind.Text ? tokens.Slice(i + 1) : "";
            }
            else if (tokens.IsWord(i, "values"))
            {
                values = Texts(i + 1, close);
            }
        }

        SetAll(name, values, "axis");
    }

    // the strings up to the first that is followed by no comma
    private List<int> Texts(int start, int end)
    {
        List<int> found = [];
        for (var i = tokens.SkipBreaks(start); i < end && tokens[i].Kind == TokenKind.Text; i = tokens.SkipBreaks(i + 2))
        {
            found.Add(i);
            if (!tokens.IsMark(i + 1, ','))
            {
                break;
            }
        }

        return found;
    }

    private void SetAll(string name, List<int> values, string keyword) =>
        known[name] = known.ContainsKey(name) ? [] : values.ConvertAll(v => Literal(name, v, keyword));

    private Variable Literal(string name, int token, string keyword)
    {
        const string OfBuild = "params.";
        return CodeText.Variable(name.StartsWith(OfBuild, StringComparison.Ordinal) ? name[OfBuild.Length..] : name, keyword, Expand(tokens[token], new Choices()), tokens[token].Span);
    }

    private void Set(string name, int start, string keyword)
    {
        var end = tokens.ExpressionEnd(start, stopsAtBreak: true);
        known[name] = known.ContainsKey(name) ? [] : Values(start, end).ConvertAll(v => Literal(name, v, keyword));
    }

    // 'a', c ? 'a' : 'b', x ?: 'a'; none when something else may arrive that is not known
    private List<int> Values(int start, int end)
    {
        if (end == start + 1)
        {
            return tokens[start].Kind == TokenKind.Text ? [start] : [];
        }

        var question = start;
        while (question < end && !tokens.IsMark(question, '?'))
        {
            question = tokens.IsMark(question, '(') || tokens.IsMark(question, '[') || tokens.IsMark(question, '{') ? tokens.Close(question) + 1 : question + 1;
        }

        return tokens.IsMark(question + 1, ':') && end == question + 3 && tokens[question + 2].Kind == TokenKind.Text ? [question + 2]
            : tokens.IsMark(question + 2, ':') && end == question + 4 && tokens[question + 1].Kind == TokenKind.Text && tokens[question + 3].Kind == TokenKind.Text ? [question + 1, question + 3]
            : [];
    }
}
