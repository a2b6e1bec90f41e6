using System.Text;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;

namespace Cleat.Formats.Jenkins;

using Variable = Cleat.Formats.Dockerfile.Variable;

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
        CodeText.Put(value, variable);
        return CodeText.Mention(source, span, path, value) with { IsText = false };
    }

    /// <summary>A place that holds a string.</summary>
    public Mention Text(Token text, string path) => CodeText.Mention(source, text.Span, path, Expand(text));

    private Expansion Expand(Token text) =>
        CodeText.Expand(source, text.Span, (byte)'\\', text.Quote == '\'' ? null : Expression, Find);

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

    private void Set(string name, int start, string keyword)
    {
        var text = tokens[start];
        var end = tokens.ExpressionEnd(start, stopsAtBreak: true);
        if (known.ContainsKey(name) || end != start + 1 || text.Kind != TokenKind.Text )
        {
            known[name] = new Variable(name);
            return;
        }

        var shortName = name.StartsWith("params.", StringComparison.Ordinal) ? name["params.".Length..] : name;
        known[name] = CodeText.Variable(shortName, keyword, Expand(text), text.Span);
    }
}
