using System.Text;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;

namespace Cleat.Formats.Shell;

using Variable = Cleat.Formats.Dockerfile.Variable;

/// <summary>The variables that a script sets to literals above its commands. One that is set again is not known.</summary>
internal sealed class ScriptVariables
{
    private readonly Dictionary<string, Variable> known = new(StringComparer.Ordinal);

    /// <summary>The variable of a name in shell; never null, since its reader says why it is not known.</summary>
    public Variable Look(string name) =>
        known.GetValueOrDefault(name) ?? new Variable(name) { Unknown = $"{name} is set outside this file: name the image here" };

    public Variable? Known(string name) => known.GetValueOrDefault(name);

    public void Forget(string name) => known[name] = new Variable(name) { Unknown = $"{name} has more than one value: name the image here" };

    /// <summary>Notes <c>NAME=value</c>; false when the word is none.</summary>
    public bool Declare(ReadOnlySpan<Cell> word)
    {
        var equals = Cells.IndexOf(word, (byte)'=');
        if (equals <= 0 || !IsName(word[..equals]))
        {
            return false;
        }

        Set(Cells.Text(word[..equals]), word[(equals + 1)..], isMake: false);
        return true;
    }

    /// <summary>Notes <c>NAME = value</c>, <c>:=</c>, <c>?=</c> of a Makefile; false when the line is none.</summary>
    public bool DeclareMake(ReadOnlySpan<Cell> line)
    {
        var at = 0;
        while (at < line.Length && (IsNameByte(line[at].Byte) || line[at].Byte == '-'))
        {
            at++;
        }

        var name = line[..at];
        if (Cells.Text(name) is "export" or "override")
        {
            at = Words.SkipSpace(line, at);
            return at > name.Length && at < line.Length && DeclareMake(line[at..]);
        }

        at = Words.SkipSpace(line, at);
        var colons = at;
        while (at < line.Length && line[at].Byte is (byte)':' or (byte)'?' or (byte)'+')
        {
            at++;
        }

        if (name.IsEmpty || at >= line.Length || line[at].Byte != '=')
        {
            return false;
        }

        var value = line[Words.SkipSpace(line, at + 1)..];
        var comment = Cells.IndexOf(value, (byte)'#');
        value = comment < 0 ? value : value[..comment];
        while (!value.IsEmpty && Cells.IsSpace(value[^1].Byte))
        {
            value = value[..^1];
        }

        if (at > colons && line[colons].Byte == '+')
        {
            Forget(Cells.Text(name));
        }
        else
        {
            Set(Cells.Text(name), value, isMake: true);
        }

        return true;
    }

    /// <summary><c>$(NAME)</c> and <c>${NAME}</c> of make; <c>$$</c> is the shell's.</summary>
    public static int MakeExpression(ReadOnlySpan<byte> file, int at, int end, out string name)
    {
        name = "";
        if (file[at] != '$' || at + 1 >= end)
        {
            return at;
        }

        if (file[at + 1] is (byte)'(' or (byte)'{')
        {
            var close = file[at..end].IndexOf(file[at + 1] == '(' ? (byte)')' : (byte)'}');
            name = close < 0 ? "" : Encoding.UTF8.GetString(file[(at + 2)..(at + close)]);
            return close < 0 ? end : at + close + 1;
        }

        // $$VAR is seen by the shell alone
        var stop = at + 2;
        while (file[at + 1] == '$' && stop < end && IsNameByte(file[stop]))
        {
            stop++;
        }

        name = Encoding.UTF8.GetString(file[at..stop]);
        return stop;
    }

    private void Set(string name, ReadOnlySpan<Cell> literal, bool isMake)
    {
        if (known.ContainsKey(name) || Cells.Text(literal).Contains('`', StringComparison.Ordinal) || (!isMake && Cells.Text(literal).Contains("$(", StringComparison.Ordinal)))
        {
            Forget(name);
            return;
        }

        var isQuoted = literal.Length > 1 && literal[0].Byte is (byte)'"' or (byte)'\'' && literal[^1].Byte == literal[0].Byte;
        var bare = isQuoted ? literal[1..^1] : literal;
        var value = isMake ? Plain(literal) : Expander.Expand(literal, (byte)'\\', Look, inReference: false);
        var span = bare.IsEmpty ? default : TextSpan.FromBounds(bare[0].At, bare[^1].At + 1);
        known[name] = CodeText.Variable(name, "variable", value, span);
    }

    // a value of make's that is made of others is not followed further
    private static Expansion Plain(ReadOnlySpan<Cell> literal)
    {
        Expansion value = new();
        foreach (var cell in literal)
        {
            value.Cells.Add(cell);
        }

        value.Unknown = Cells.IndexOf(literal, (byte)'$') < 0 ? null : "it is made of other variables";
        return value;
    }

    private static bool IsName(ReadOnlySpan<Cell> word)
    {
        foreach (var cell in word)
        {
            if (!IsNameByte(cell.Byte))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit((char)word[0].Byte);
    }

    private static bool IsNameByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == '_';
}
