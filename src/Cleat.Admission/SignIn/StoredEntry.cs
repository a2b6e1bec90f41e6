using Cleat.References;

namespace Cleat.Admission.SignIn;

/// <summary>A credential and what it is for.</summary>
/// <param name="Key"><c>host[:port][/path]</c>, with globs in the host.</param>
/// <param name="From">Where it was found, for messages; never what it is.</param>
internal sealed record StoredEntry(string Key, RegistryCredential Credential, string From)
{
    public bool IsFor(ImageReference reference) => ImagePattern.Matches(Key, reference.Registry, reference.Repository);
}

/// <summary>Who has credentials for a reference.</summary>
internal interface ICredentialSource
{
    /// <returns>Those for this reference, the most special first. Failures are empty, and said in the log.</returns>
    ValueTask<IReadOnlyList<StoredEntry>> FindAsync(ImageReference reference, CancellationToken cancellation);
}

/// <summary>
/// The kubelet's patterns for images (<c>matchImages</c>, keys of pull secrets): ports are equal, the host is matched label by label, so that <c>*</c> spans no dot, and the path is a
/// plain beginning of the image's.
/// </summary>
internal static class ImagePattern
{
    public static bool Matches(string pattern, string registry, string repository)
    {
        var rest = pattern.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? pattern[(scheme + 3)..] : pattern;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        var (name, port) = Split(host);
        var (wantedName, wantedPort) = Split(registry);
        if (name.StartsWith('['))
        {
            // an IPv6 address: its bracket begins no set of characters
            return port == wantedPort && name.Equals(wantedName, StringComparison.OrdinalIgnoreCase) && repository.StartsWith(path, StringComparison.Ordinal);
        }

        var labels = name.Split('.');
        var wanted = wantedName.Split('.');
        if (port != wantedPort || labels.Length != wanted.Length || !repository.StartsWith(path, StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (!Glob(labels[i].ToLowerInvariant(), wanted[i].ToLowerInvariant()))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Name, string Port) Split(string host) =>
        host.LastIndexOf(':') is > 0 and var colon && !host.EndsWith(']') ? (host[..colon], host[(colon + 1)..]) : (host, "");

    // Go's filepath.Match within a label: * ? [a-z] [^a-z]
    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                for (var i = 0; i <= text.Length; i++)
                {
                    if (Glob(pattern[1..], text[i..]))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (text.IsEmpty)
            {
                return false;
            }

            if (pattern[0] == '[')
            {
                var end = pattern.IndexOf(']');
                if (end < 0 || !InClass(pattern[1..end], text[0]))
                {
                    return false;
                }

                pattern = pattern[(end + 1)..];
            }
            else
            {
                if (pattern[0] != '?' && pattern[0] != text[0])
                {
                    return false;
                }

                pattern = pattern[1..];
            }

            text = text[1..];
        }

        return text.IsEmpty;
    }

    private static bool InClass(ReadOnlySpan<char> set, char c)
    {
        var negated = set.StartsWith("^");
        var rest = negated ? set[1..] : set;
        var found = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (i + 2 < rest.Length && rest[i + 1] == '-')
            {
                found |= c >= rest[i] && c <= rest[i + 2];
                i += 2;
            }
            else
            {
                found |= c == rest[i];
            }
        }

        return found != negated;
    }
}
