using System.Globalization;

namespace Cleat.Formats.Helm.Templates;

/// <summary><c>semverCompare</c> (github.com/Masterminds/semver): a version that is none makes Helm fail.</summary>
internal static class SemVer
{
    /// <summary>Whether a version is in a range; opaque for ranges that are not evaluated; null when the text is no version.</summary>
    public static Value? Compare(List<Value> arguments)
    {
        if (arguments is not [{ Known: { } range }, var value])
        {
            return arguments.Count == 2 ? Functions.Opaque("semverCompare", arguments) : null;
        }

        if (value is Value.Opaque || (value is Value.Text && value.Known is null))
        {
            return Functions.Opaque("semverCompare", arguments);
        }

        if (value.Known is not { } text || Read(text) is not { } version)
        {
            return null;
        }

        var holds = false;
        foreach (var choice in range.Split("||"))
        {
            var all = true;
            foreach (var part in choice.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (Holds(part, version) is not { } one)
                {
                    return Functions.Opaque("semverCompare", arguments);
                }

                all &= one;
            }

            holds |= all;
        }

        return new Value.Plain(holds) { From = Value.Union(arguments) };
    }

    private static bool? Holds(string part, Version version)
    {
        var sign = part[..(part.Length - part.TrimStart('<', '>', '=', '!', '^', '~').Length)];
        if (Read(part[sign.Length..]) is not { } bound)
        {
            return null;
        }

        // a pre-release is in no range that names none
        if (version.Pre.Length > 0 && bound.Pre.Length == 0)
        {
            return false;
        }

        var order = version.CompareTo(bound);
        return sign switch
        {
            "" or "=" => order == 0,
            "!=" => order != 0,
            ">" => order > 0,
            ">=" or "=>" => order >= 0,
            "<" => order < 0,
            "<=" or "=<" => order <= 0,
            "^" when bound.Major > 0 => order >= 0 && version.Major == bound.Major,
            "~" or "~>" when bound.Parts > 1 => order >= 0 && version.Major == bound.Major && version.Minor == bound.Minor,
            _ => null,
        };
    }

    private static Version? Read(string text)
    {
        var core = text.StartsWith('v') ? text[1..] : text;
        var plus = core.Split('+', 2);
        var dash = plus[0].Split('-', 2);
        var numbers = dash[0].Split('.');
        if (numbers.Length > 3 || Array.Exists(numbers, n => n.Length is 0 or > 9 || !n.All(char.IsAsciiDigit))
            || plus.Concat(dash).Skip(1).SelectMany(p => p).Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '+')))
        {
            return null;
        }

        int Number(int i) => i < numbers.Length ? int.Parse(numbers[i], CultureInfo.InvariantCulture) : 0;
        return new(Number(0), Number(1), Number(2), dash.Length > 1 ? dash[1] : "", numbers.Length);
    }

    private sealed record Version(int Major, int Minor, int Patch, string Pre, int Parts)
    {
        public int CompareTo(Version other)
        {
            var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
            return order != 0 ? order : Pre == other.Pre ? 0 : Pre.Length == 0 ? 1 : other.Pre.Length == 0 ? -1 : string.CompareOrdinal(Pre, other.Pre);
        }
    }
}
