using System.Runtime.InteropServices;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// Puts variables into a word and takes quotes and escapes out, as BuildKit's shell.Lex does: <c>$X</c>, <c>${X}</c>, <c>${X:-d}</c>, <c>${X-d}</c>,
/// <c>${X:+d}</c>, <c>${X+d}</c>, <c>${X:?e}</c>, <c>${X?e}</c>, each <c>d</c> a word of its own, and the pattern forms <c>${X#p}</c>, <c>${X##p}</c>, <c>${X%p}</c>, <c>${X%%p}</c>,
/// <c>${X/p/r}</c>, <c>${X//p/r}</c>.
/// </summary>
internal ref struct Expander
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<Cell> word;
    private readonly byte escape;
    private readonly Func<string, Variable> look;
    private readonly bool inReference;
    private readonly Expansion result;
    private int at;

    private Expander(ReadOnlySpan<Cell> word, byte escape, Func<string, Variable> look, bool inReference)
    {
        this.word = word;
        this.escape = escape;
        this.look = look;
        this.inReference = inReference;
        result = new Expansion();
    }

    /// <param name="inReference">The word is a reference; otherwise the variables in it are noted as read elsewhere.</param>
    internal static Expansion Expand(ReadOnlySpan<Cell> word, byte escape, Func<string, Variable> look, bool inReference)
    {
        Expander expander = new(word, escape, look, inReference);
        if (Words.HoldsTemplate(word))
        {
            expander.result.Cells.AddRange(word);
            expander.result.HasExpression = true;
            expander.result.Unknown = "a template stands here: what fills it in names the image";
            return expander.result;
        }

        expander.Run(0, 0);
        return expander.result;
    }

    // up to `stop` (0: the end); false when it never comes
    private bool Run(byte stop, int depth)
    {
        while (at < word.Length)
        {
            var b = word[at].Byte;
            if (stop != 0 && b == stop)
            {
                at++;
                return true;
            }

            if (b == '$')
            {
                Dollar(depth);
            }
            else if (b == '\'')
            {
                at++;
                while (at < word.Length && word[at].Byte != '\'')
                {
                    result.Cells.Add(word[at++]);
                }

                at++;
            }
            else if (b == '"')
            {
                at++;
                DoubleQuoted(depth);
            }
            else
            {
                at += b == escape && at + 1 < word.Length ? 1 : 0;
                result.Cells.Add(word[at++]);
            }
        }

        return stop == 0;
    }

    private void DoubleQuoted(int depth)
    {
        while (at < word.Length && word[at].Byte != '"')
        {
            if (word[at].Byte == '$')
            {
                Dollar(depth);
                continue;
            }

            var escapes = word[at].Byte == escape && at + 1 < word.Length
                && (word[at + 1].Byte is (byte)'"' or (byte)'$' || word[at + 1].Byte == escape);
            at += escapes ? 1 : 0;
            result.Cells.Add(word[at++]);
        }

        at++;
    }

    private void Dollar(int depth)
    {
        var start = at++;
        var braces = at < word.Length && word[at].Byte == '{';
        at += braces ? 1 : 0;
        var name = Name();
        if (!braces)
        {
            if (name.Length == 0)
            {
                result.Cells.Add(word[start]);
                return;
            }

            Plain(name, start);
            return;
        }

        if (name.Length == 0 || at >= word.Length || depth >= Deepest)
        {
            Unknown(start, word.Length, "the expression is not one that a Dockerfile knows");
            return;
        }

        if (word[at].Byte == '}')
        {
            at++;
            Plain(name, start);
            return;
        }

        Modified(name, start, depth);
    }

    private void Modified(string name, int start, int depth)
    {
        var colon = word[at].Byte == ':';
        at += colon ? 1 : 0;
        var modifier = at < word.Length ? word[at++].Byte : (byte)0;
        var mark = result.Cells.Count;
        if (!colon && modifier is (byte)'#' or (byte)'%' or (byte)'/')
        {
            Cut(name, modifier, start, depth);
            return;
        }

        if (!Run((byte)'}', depth + 1))
        {
            result.Cells.RemoveRange(mark, result.Cells.Count - mark);
            Unknown(start, word.Length, "the expression is not closed");
            return;
        }

        if (modifier is not ((byte)'-' or (byte)'+' or (byte)'?'))
        {
            result.Cells.RemoveRange(mark, result.Cells.Count - mark);
            Unknown(start, at, $"the value of {name} is cut or replaced here: Cleat does not evaluate that");
            return;
        }

        var variable = Note(name);
        var isSet = variable.IsGiven || (variable.Value is { } value && !(colon && value.Cells.Count == 0));
        if (modifier == '-' ? !isSet : modifier == '+' && isSet)
        {
            for (var i = mark; i < result.Cells.Count; i++)
            {
                result.Cells[i] = result.Cells[i] with { Expanded = true };
            }

            return;
        }

        result.Cells.RemoveRange(mark, result.Cells.Count - mark);
        if (modifier == '+')
        {
            result.Empty ??= $"{name} is not set, and so this expression is empty";
            return;
        }

        Put(variable, start);
    }

    // what is left of a value without the part that fits a pattern, or with another text in its place
    private void Cut(string name, byte modifier, int start, int depth)
    {
        var all = at < word.Length && word[at].Byte == modifier;
        at += all ? 1 : 0;
        var replacement = (List<Cell>?)[];
        if (Raw(modifier == '/' ? (byte)'/' : (byte)'}', depth) is not { } pattern || (modifier == '/' && (replacement = Raw((byte)'}', depth)) is null))
        {
            Unknown(start, word.Length, "the expression is not closed");
            return;
        }

        var variable = Note(name);
        ShellPattern shape = new(CollectionsMarshal.AsSpan(pattern), reversed: modifier == '%');
        if (variable.Value is not { Unknown: null } value || value.Cells.Count > Expansion.Longest || (shape.IsEmpty && modifier == '/'))
        {
            Unknown(start, at, variable.Unknown ?? $"the value of {name} is cut or replaced here: Cleat does not evaluate that");
            return;
        }

        foreach (var part in value.Variables)
        {
            result.Carry(part);
        }

        var text = new byte[value.Cells.Count];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = value.Cells[i].Byte;
        }

        var made = modifier switch
        {
            (byte)'#' => text[int.Max(shape.Length(text, all), 0)..],
            (byte)'%' => text[..^int.Max(shape.Length([.. text.Reverse()], all), 0)],
            _ => Replaced(text, shape, replacement!.ConvertAll(c => c.Byte), all),
        };
        foreach (var b in made)
        {
            result.Cells.Add(new(b, word[start].At, Expanded: true, Made: true));
        }

        result.Empty ??= made.Length == 0 ? $"nothing is left of {name} here" : null;
    }

    private static byte[] Replaced(byte[] text, ShellPattern shape, List<byte> replacement, bool all)
    {
        List<byte> made = [];
        var from = 0;
        while (from < text.Length)
        {
            if (shape.Length(text.AsSpan(from), longest: true) is var length and > 0)
            {
                made.AddRange(replacement);
                from += length;
                if (!all)
                {
                    break;
                }
            }
            else
            {
                made.Add(text[from++]);
            }
        }

        return [.. made, .. text[from..]];
    }

    // up to a byte, variables put in, escapes left as they are; null when that never comes
    private List<Cell>? Raw(byte stop, int depth)
    {
        var mark = result.Cells.Count;
        var found = false;
        while (!found && at < word.Length)
        {
            if (word[at].Byte == stop)
            {
                at++;
                found = true;
            }
            else if (word[at].Byte == '$')
            {
                Dollar(depth + 1);
            }
            else
            {
                if (word[at].Byte == escape && at + 1 < word.Length)
                {
                    result.Cells.Add(word[at++] with { Byte = (byte)'\\' });
                }

                result.Cells.Add(word[at++]);
            }
        }

        var raw = result.Cells[mark..];
        result.Cells.RemoveRange(mark, result.Cells.Count - mark);
        return found ? raw : null;
    }

    private void Plain(string name, int start) => Put(Note(name), start);

    private readonly Variable Note(string name)
    {
        result.HasExpression = true;
        var variable = look(name);
        variable.Mentions += inReference ? 1 : 0;
        variable.IsReadElsewhere |= !inReference;
        if (variable.Value is not null)
        {
            result.Carry(variable);
        }

        return variable;
    }

    private void Put(Variable variable, int start)
    {
        if (variable.Value is not { } value)
        {
            Unknown(start, at, variable.Unknown ?? $"{variable.Name} is not known");
            return;
        }

        var fits = value.Cells.Count <= Expansion.Longest && result.Cells.Count <= word.Length + Expansion.Longest;
        foreach (var part in value.Variables)
        {
            fits &= result.Carry(part);
            if (!fits)
            {
                break;
            }
        }

        if (!fits)
        {
            Unknown(start, at, $"the value of {variable.Name} is longer than any reference");
            return;
        }

        foreach (var cell in value.Cells)
        {
            result.Cells.Add(cell with { Expanded = true });
        }

        result.Unknown ??= value.Unknown;
        result.Empty ??= value.Empty ?? (value.Cells.Count == 0 ? $"{variable.Name} is empty unless --build-arg gives it" : null);
    }

    private void Unknown(int start, int end, string why)
    {
        at = end;
        result.HasExpression = true;
        result.Unknown ??= why;
        for (var i = start; i < end; i++)
        {
            result.Cells.Add(word[i] with { Expanded = true });
        }
    }

    private string Name()
    {
        var start = at;
        while (at < word.Length && (char.IsAsciiLetterOrDigit((char)word[at].Byte) || word[at].Byte == '_'))
        {
            at++;
        }

        return Cells.Text(word[start..at]);
    }
}
