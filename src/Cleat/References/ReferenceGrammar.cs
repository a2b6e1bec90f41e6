using System.Buffers;
using Cleat.Text;

namespace Cleat.References;

/// <summary>
/// The grammar itself (distribution/reference: regexp.go for the parts, normalize.go for what is a host), by hand:
/// .NET's <c>\w</c> is Unicode and <c>$</c> matches before a final newline, so no regular expressions. Linear in the text.
/// </summary>
/// <remarks>
/// A port is any number of digits, as there: engines take <c>host:99999/app</c> for a reference, and fail when they connect. So does Cleat; to
/// call it malformed would be to judge another grammar than theirs.
/// </remarks>
internal static class ReferenceGrammar
{
    internal const string TwoDigests = "it holds two '@': only one may stand, before the digest";

    private static KnownRegistry Hub => KnownRegistries.DockerHub;

    private const int LongestTag = 128;
    private const int LongestPath = 255;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Ipv6 = SearchValues.Create("0123456789abcdefABCDEF:");

    internal readonly record struct Parts(string Registry, string Repository, int NameEnd, int TagStart, int TagEnd, Digest Digest);

    internal static ReferenceError? Read(string text, out Parts parts)
    {
        parts = default;
        if (text.Length == 0)
        {
            return new("it is empty", 0);
        }

        if (Stray(text, 0) is { } stray)
        {
            return stray;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var nameAndTag = at < 0 ? text : text[..at];
        Digest digest = default;
        if (at >= 0)
        {
            var second = text.IndexOf('@', at + 1);
            if (second >= 0)
            {
                return new(TwoDigests, second);
            }

            if (!Digest.TryParse(text.AsSpan(at + 1), out digest, out var problem, out var wrong))
            {
                return new($"the digest {problem}", at + 1 + wrong);
            }
        }

        var slash = nameAndTag.LastIndexOf('/');
        var colon = nameAndTag.IndexOf(':', slash + 1);
        var nameEnd = colon < 0 ? nameAndTag.Length : colon;
        var error = Name(text, nameEnd, out var registry, out var repository) ?? (colon < 0 ? null : Tag(text, colon + 1, nameAndTag.Length));
        parts = new(registry, repository, nameEnd, colon < 0 ? -1 : colon + 1, nameAndTag.Length, digest);
        return error;
    }

    /// <summary>The first character from <paramref name="start"/> on that stands in no reference, whatever is around it.</summary>
    internal static ReferenceError? Stray(ReadOnlySpan<char> text, int start)
    {
        var found = text[start..].IndexOfAnyExceptInRange('!', '~');
        if (found < 0)
        {
            return null;
        }

        var i = start + found;
        return new(
            text[i] switch
            {
                ' ' => "it holds a space",
                '\t' => "it holds a tab",
                '\r' or '\n' => "it holds a line break",
                < ' ' or '\x7f' => $"it holds the control character {PrintableText.CodeAt(text, i)}",
                _ => $"it holds the character {PrintableText.CodeAt(text, i)}: references are plain ASCII",
            },
            i);
    }

    private static ReferenceError? Name(string text, int end, out string registry, out string repository)
    {
        registry = Hub.Name;
        repository = text[..end];
        if (end == 0)
        {
            return new("it names no repository", 0);
        }

        if (end == 64 && text.Length == 64 && repository.AsSpan().IndexOfAnyExcept(LowerHex) < 0)
        {
            return new("64 hex digits alone are an image id, not a name", 0);
        }

        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IsDomain(repository.AsSpan(0, slash)))
        {
            return Path(text, 0, end) ?? HubLimit(ref repository);
        }

        registry = repository[..slash];
        repository = repository[(slash + 1)..];
        if (registry == Hub.Name || registry == Hub.OldName)
        {
            registry = Hub.Name;
            return Path(text, slash + 1, end) ?? HubLimit(ref repository);
        }

        if (text[slash - 1] == ':' && repository.StartsWith('/'))
        {
            return new($"it is a URL: leave out '{PrintableText.Codes(registry)}//'", 0);
        }

        // `my_host.lan/app` names no host by the grammar, but it is one path by it, and so a reference: the only one without
        // a registry. Its first segment is taken for the registry, as containerd does.
        return Domain(registry) is not { } wrong ? Path(text, slash + 1, end)
            : Path(text, 0, end) is null ? null
            : wrong;
    }

    // the namespace counts, too
    private static ReferenceError? HubLimit(ref string repository)
    {
        repository = KnownRegistries.FullRepository(Hub.Name, repository);
        return repository.Length > LongestPath
            ? new($"the repository's name with the {Hub.Namespace}/ of Docker Hub is longer than {LongestPath} characters", 0)
            : null;
    }

    /// <summary>True when the text begins with a registry's host.</summary>
    internal static bool NamesRegistry(string text) => text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IsDomain(text.AsSpan(0, slash));

    // distribution/reference, splitDockerDomain: only such a first segment is a host; everything else is a path on Docker Hub
    private static bool IsDomain(ReadOnlySpan<char> segment) =>
        segment is "localhost" || segment.ContainsAny('.', ':') || segment.IndexOfAnyInRange('A', 'Z') >= 0;

    private static ReferenceError? Domain(string domain)
    {
        int hostEnd;
        if (domain[0] == '[')
        {
            hostEnd = domain.IndexOf(']', StringComparison.Ordinal) + 1;
            if (hostEnd == 0)
            {
                return new("the registry's IPv6 address has no ']'", domain.Length);
            }

            var wrong = domain.AsSpan(1, hostEnd - 1).IndexOfAnyExcept(Ipv6) + 1;
            if (wrong < hostEnd - 1 || hostEnd == 2)
            {
                return new("the registry's IPv6 address is not well formed: it is hex digits and ':', without a zone or dots", wrong);
            }
        }
        else
        {
            hostEnd = domain.IndexOf(':', StringComparison.Ordinal);
            hostEnd = hostEnd < 0 ? domain.Length : hostEnd;
            var labelStart = 0;
            for (var i = 0; i <= hostEnd; i++)
            {
                if (i < hostEnd && (char.IsAsciiLetterOrDigit(domain[i]) || domain[i] == '-'))
                {
                    continue;
                }

                if (i < hostEnd && domain[i] != '.')
                {
                    return new($"the registry's name holds '{domain[i]}'", i);
                }

                if (i == labelStart || domain[labelStart] == '-' || domain[i - 1] == '-')
                {
                    return new("the registry's name is not well formed: labels are letters, digits and inner hyphens", i == labelStart || domain[labelStart] == '-' ? labelStart : i - 1);
                }

                labelStart = i + 1;
            }
        }

        if (hostEnd == domain.Length)
        {
            return null;
        }

        if (domain[hostEnd] != ':')
        {
            return new($"the registry's name holds '{domain[hostEnd]}' behind ']'", hostEnd);
        }

        var port = domain.AsSpan(hostEnd + 1);
        var stray = port.IndexOfAnyExceptInRange('0', '9');
        return port.IsEmpty || stray >= 0 ? new("the registry's port is not a number", hostEnd + 1 + int.Max(stray, 0)) : null;
    }

    private static ReferenceError? Path(string text, int start, int end)
    {
        if (end - start > LongestPath)
        {
            return new($"the repository's name is longer than {LongestPath} characters", start + LongestPath);
        }

        var component = start;
        for (var i = start; i <= end; i++)
        {
            if (i == end || text[i] == '/')
            {
                if (i == component)
                {
                    return new(component == end ? "it names no repository behind the last '/'" : "a part of the repository's name is empty", i);
                }

                component = i + 1;
                continue;
            }

            if (text[i] is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                continue;
            }

            if (char.IsAsciiLetterUpper(text[i]))
            {
                return new("the repository's name must be lower case", i);
            }

            var separator = i;
            while (i < end && text[i] is '.' or '_' or '-')
            {
                i++;
            }

            if (i == separator)
            {
                return new($"the repository's name holds '{text[i]}'", i);
            }

            var run = text.AsSpan(separator, i - separator);
            var inside = separator > component && i < end && text[i] != '/';
            if (!inside || !(run is "." or "_" or "__" || run.IndexOfAnyExcept('-') < 0))
            {
                return new($"'{PrintableText.Codes(run)}' cannot stand there in the repository's name", separator);
            }

            i--;
        }

        return null;
    }

    private static ReferenceError? Tag(string text, int start, int end)
    {
        if (start == end)
        {
            return new("the tag behind ':' is empty", start);
        }

        if (end - start > LongestTag)
        {
            return new($"the tag is longer than {LongestTag} characters", start + LongestTag);
        }

        for (var i = start; i < end; i++)
        {
            if (!(char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_' || (i > start && text[i] is '.' or '-')))
            {
                return new($"the tag cannot hold '{text[i]}' there", i);
            }
        }

        return null;
    }
}
