using Cleat.Files;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

/// <summary>What Docker's config.json says about signing in.</summary>
/// <param name="File">Its path, for messages.</param>
/// <param name="Auths">By normalised key.</param>
/// <param name="Helpers">Names of credential helpers by normalised key (<c>credHelpers</c>).</param>
/// <param name="Store">The helper for everything else (<c>credsStore</c>), or null.</param>
/// <param name="Problem">Why the file could not be used, or null.</param>
internal sealed record DockerConfig(string File, FrozenDictionary<string, StoredCredential> Auths, FrozenDictionary<string, string> Helpers, string? Store, string? Problem)
{
    internal static DockerConfig Empty { get; } = new("", FrozenDictionary<string, StoredCredential>.Empty, FrozenDictionary<string, string>.Empty, null, null);

    internal static DockerConfig Load(string path)
    {
        var read = SettingsFile.Read(path);
        return read.Succeeded ? Parse(read.Bytes, path)
            : read.Failure == ReadFailure.Vanished ? Empty
            : Empty with { Problem = $"{path} cannot be read, so no credentials of it were used: {read.Message}" };
    }

    /// <param name="path">Where it is from, for messages.</param>
    internal static DockerConfig Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        // a byte order mark is what Windows editors leave
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (!JsonText.TryObject(text, out var json))
        {
            return Empty with { Problem = $"{path} is not valid JSON, so no credentials of it were used: put it right, or docker login again" };
        }

        using (json)
        {
            try
            {
                return Read(json.RootElement, path);
            }
            catch (InvalidOperationException)
            {
                // a name with half a surrogate pair or bytes that are not UTF-8
                return Empty with { Problem = $"{path} holds a name that is no text, so no credentials of it were used: put it right, or docker login again" };
            }
        }
    }

    /// <summary>The entries of a config's <c>auths</c>, or of a map of them alone (<c>.dockercfg</c>), as they stand; those that cannot be read are left out.</summary>
    internal static List<StoredCredential> Entries(ReadOnlyMemory<byte> bytes)
    {
        List<StoredCredential> entries = [];
        if (!JsonText.TryObject(bytes, out var json))
        {
            return entries;
        }

        using (json)
        {
            try
            {
                foreach (var entry in (JsonText.Child(json.RootElement, "auths", JsonValueKind.Object) ?? json.RootElement).EnumerateObject())
                {
                    if (TryCredential(entry.Value, out var credential) && credential is not null)
                    {
                        entries.Add(new(entry.Name, credential));
                    }
                }
            }
            catch (InvalidOperationException)
            {
                // a name that is no text: what was read before it stands
            }
        }

        return entries;
    }

    private static DockerConfig Read(JsonElement root, string path)
    {
        var auths = new Dictionary<string, StoredCredential>(StringComparer.Ordinal);
        var helpers = new Dictionary<string, string>(StringComparer.Ordinal);
        string? problem = null;
        foreach (var entry in JsonText.Child(root, "auths", JsonValueKind.Object)?.EnumerateObject() ?? default)
        {
            if (!TryCredential(entry.Value, out var credential))
            {
                problem ??= $"{path}: the entry for {PrintableText.Abbreviated(entry.Name)} cannot be read and was left out";
            }
            else if (credential is not null)
            {
                auths.TryAdd(CredentialKey.Normalize(entry.Name), new(entry.Name, credential));
            }
        }

        foreach (var entry in JsonText.Child(root, "credHelpers", JsonValueKind.Object)?.EnumerateObject() ?? default)
        {
            if (JsonText.String(entry.Value) is { Length: > 0 } name)
            {
                helpers.TryAdd(CredentialKey.Normalize(entry.Name), name);
            }
        }

        var store = JsonText.String(root, "credsStore");
        return new(path, auths.ToFrozenDictionary(StringComparer.Ordinal), helpers.ToFrozenDictionary(StringComparer.Ordinal), string.IsNullOrEmpty(store) ? null : store, problem);
    }

    // an entry without anything in it only says that a credential store knows the host
    private static bool TryCredential(JsonElement entry, out Credential? credential)
    {
        credential = null;
        var username = JsonText.String(entry, "username") ?? "";
        var password = JsonText.String(entry, "password") ?? "";
        if (JsonText.String(entry, "auth") is { Length: > 0 } auth)
        {
            var bytes = new byte[auth.Length];
            if (!Convert.TryFromBase64String(auth, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length) is not { } pair || pair.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            {
                return false;
            }

            username = pair[..colon];
            password = pair[(colon + 1)..].TrimEnd('\0');
        }

        var identity = JsonText.String(entry, "identitytoken") is { Length: > 0 } token ? new Secret(token) : null;
        credential = username.Length > 0 || identity is not null ? new(username, new Secret(password), identity) : null;
        return entry.ValueKind == JsonValueKind.Object;
    }
}

/// <summary>An entry.</summary>
/// <param name="Key">As it stands in the file.</param>
internal sealed record StoredCredential(string Key, Credential Credential);
