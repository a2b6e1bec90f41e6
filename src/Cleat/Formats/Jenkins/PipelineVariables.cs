using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;

namespace Cleat.Formats.Jenkins;

/// <summary>
/// What a pipeline says its variables are: <c>def x = 'text'</c>, <c>environment { X = 'text' }</c>, <c>env.X = 'text'</c>, and the
/// defaults of <c>string(name: 'X', defaultValue: 'text')</c> as <c>params.X</c>. A name that is set twice, or to something else than a
/// text, is not known.
/// </summary>
internal sealed class PipelineVariables
{
    private readonly SourceText source;
    private readonly Tokens tokens;
    private readonly Dictionary<string, Variable> known = new(StringComparer.Ordinal);

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
        }
    }

    /// <summary>The variable that an expression names: <c>x</c>, <c>env.X</c>, <c>params.X</c>; null when it is nothing of the kind.</summary>
    public Variable? Find(string expression) =>
        known.GetValueOrDefault(expression.StartsWith("env.", StringComparison.Ordinal) ? expression[4..] : expression) is { Value: not null } variable ? variable : null;

    /// <summary>A place that holds nothing but a variable.</summary>
    public Mention Bare(Variable variable, string path, TextSpan span)
    {
        Expansion value = new() { HasExpression = true };
        Put(value, variable);
        return new Mention(path, source.Slice(span), span.Start, span.End, value, MentionPlace.Syntax, 0) { IsText = false };
    }

    /// <summary>A place that holds a string.</summary>
    public Mention Text(Token text, string path) =>
        new(path, source.Slice(text.Span), text.Span.Start, text.Span.End, Expand(text), MentionPlace.Syntax, 0);

    private Expansion Expand(Token text)
    {
        Expansion value = new();
        for (var i = text.Span.Start; i < text.Span.End;)
        {
            var b = source.Span[i];
            if (b == '\\' && i + 1 < text.Span.End)
            {
                value.Cells.Add(new Cell(source.Span[i + 1], i + 1));
                i += 2;
            }
            else if (b == '$' && text.Quote != '\'' && Expression(i, text.Span.End, out var name) is var end && end > i + 1)
            {
                value.HasExpression = true;
                if (Find(name) is { } variable)
                {
                    Put(value, variable);
                }
                else
                {
                    value.Unknown ??= $"{name} is set outside this file, or more than once: name the image here";
                    for (; i < end; i++)
                    {
                        value.Cells.Add(new Cell(source.Span[i], i, Expanded: true));
                    }
                }

                i = end;
            }
            else
            {
                value.Cells.Add(new Cell(b, i++));
            }
        }

        return value;
    }

    // the end of `$name`, `$name.part` or `${…}`
    private int Expression(int dollar, int end, out string name)
    {
        var file = source.Span;
        var at = dollar + 1;
        if (at < end && file[at] == '{')
        {
            var close = file[at..end].IndexOf((byte)'}');
            at = close < 0 ? end : at + close + 1;
            name = source.Slice(TextSpan.FromBounds(dollar + 2, Math.Max(dollar + 2, at - 1))).Trim();
            return at;
        }

        while (at < end && (char.IsAsciiLetterOrDigit((char)file[at]) || file[at] == '_' || (file[at] == '.' && at > dollar + 1 && at + 1 < end && char.IsAsciiLetter((char)file[at + 1]))))
        {
            at++;
        }

        name = source.Slice(TextSpan.FromBounds(dollar + 1, at));
        return at;
    }

    private static void Put(Expansion value, Variable variable)
    {
        variable.Mentions++;
        value.Carry(variable);
        foreach (var cell in variable.Value!.Span)
        {
            value.Cells.Add(cell with { Expanded = true });
        }
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

    private void Set(string name, int start, string keyword)
    {
        var text = tokens[start];
        var end = tokens.ExpressionEnd(start, stopsAtBreak: true);
        if (known.ContainsKey(name) || end != start + 1 || text.Kind != TokenKind.Text || text.Span.Length is 0 or > Expansion.Longest)
        {
            known[name] = new Variable(name);
            return;
        }

        // what it was put together of counts for it, and so it is no plain literal then
        var value = Expand(text);
        known[name] = new Variable(name.StartsWith("params.", StringComparison.Ordinal) ? name["params.".Length..] : name)
        {
            Keyword = keyword,
            Value = value.Unknown is null ? value : null,
            Start = text.Span.Start,
            End = text.Span.End,
            IsReadElsewhere = true,
        };
    }
}
