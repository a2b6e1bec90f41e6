using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cleat.Registries.SignIn;

/// <summary>
/// Which credentials are in force, without the credentials: the files they are stored in, with their sizes and times. A login or
/// a logout makes another scope, so that the cache never answers one user with what another was told.
/// </summary>
internal static class CredentialScope
{
    /// <param name="environment">Looks an environment variable up.</param>
    public static string Of(Func<string, string?> environment)
    {
        var inline = environment(CredentialFiles.Inline) is { Length: > 0 } text ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : "-";
        return string.Join(' ', CredentialFiles.Of(environment).Select(Stamp).Prepend(inline));
    }

    /// <summary>A file's path, size and time; <c>-</c> when it is not there.</summary>
    internal static string Stamp(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{path}:{file.Length}:{file.LastWriteTimeUtc.Ticks}") : "-";
    }
}
