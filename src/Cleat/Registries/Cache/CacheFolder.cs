using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cleat.Files;
using Cleat.References;

namespace Cleat.Registries.Cache;

/// <summary>An answer that was kept, and when it was given.</summary>
internal sealed record CachedAnswer(Resolution.Resolved Answer, DateTimeOffset At);

/// <summary>
/// The files of a <see cref="DiskCache"/>: one an answer, named by the hash of its key, replaced by rename, so that any number of runs
/// may read and write at one time. Its first line is the hash of the rest: what is cut, damaged or another key's is no answer. Who may write
/// there could choose the digests, so only what this user and root alone may write is believed.
/// </summary>
internal sealed class CacheFolder
{
    /// <summary>How long an answer stays.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int Longest = 64 * 1024;
    private const uint OwnerOnly = 0x1C0; // 0700

    private readonly string path;
    private int swept;

    private CacheFolder(string path) => this.path = path;

    /// <summary>The user's own: <c>$XDG_CACHE_HOME/cleat</c>, else <c>~/.cache/cleat</c> (XDG Base Directory Specification).</summary>
    /// <param name="problem">Why the folder is not used, or null.</param>
    /// <returns>Null when there is no home, or the folder must not be trusted.</returns>
    public static CacheFolder? OfUser(Func<string, string?> environment, out string? problem)
    {
        problem = null;
        var home = environment("HOME");
        var caches = environment("XDG_CACHE_HOME") is { } said && Path.IsPathFullyQualified(said) ? said
            : home is not null && Path.IsPathFullyQualified(home) ? Path.Join(home, ".cache")
            : null;
        return caches is null ? null : Open(Path.Join(caches, "cleat"), out problem);
    }

    /// <summary>Opens a folder, which need not be there yet.</summary>
    public static CacheFolder? Open(string path, out string? problem)
    {
        var full = Path.GetFullPath(path);
        problem = PathTrust.Problem(full) is { } distrust ? $"the cache {path} is not used: {distrust}" : null;
        return problem is null ? new(full) : null;
    }

    /// <summary>The answer kept under the key; null for none.</summary>
    /// <param name="problem">Why an answer that is there is not believed, or null.</param>
    public CachedAnswer? Read(string[] key, out string? problem)
    {
        var file = FileOf(key);
        problem = null;
        if (!NativeMethods.TryStatus(file, follow: false, out _))
        {
            return null;
        }

        if (PathTrust.Problem(file, below: path) is { } distrust)
        {
            problem = $"an answer in the cache is not believed: {distrust}";
            return null;
        }

        var text = Encoding.UTF8.GetString(FileReader.Read(file, limit: Longest).Bytes.Span);
        return text.IndexOf('\n', StringComparison.Ordinal) is var end and > 0 && text[..end] == Hash(text[(end + 1)..]) ? Parse(text[(end + 1)..].Split('\n'), key) : null;
    }

    /// <summary>Keeps an answer, without its note. A cache that cannot be written is none: nothing is said of it.</summary>
    public void Write(string[] key, Resolution.Resolved answer, DateTimeOffset now)
    {
        string[] lines = [.. key, answer.Digest.ToString(), answer.MediaType, answer.Verified ? "hashed" : "said", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)];
        if (lines.Any(l => l.Contains('\n', StringComparison.Ordinal)))
        {
            return;
        }

        var file = FileOf(key);
        MakeFolder(Path.GetDirectoryName(file)!);

        // somebody else may have been quicker to make it
        if (PathTrust.Problem(path) is not null)
        {
            return;
        }

        using var fresh = NewFile.Beside(file);
        if (fresh is null)
        {
            return;
        }

        try
        {
            var text = string.Join('\n', lines);
            RandomAccess.Write(fresh.Handle, Encoding.UTF8.GetBytes($"{Hash(text)}\n{text}"), 0);
            if (fresh.TakeName(Path.GetFileName(file)) && Interlocked.Exchange(ref swept, 1) == 0)
            {
                Sweep(now);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the disk is full, or the folder was taken away: without the cache it goes on
        }
    }

    private static CachedAnswer? Parse(string[] lines, string[] key)
    {
        if (lines.Length != key.Length + 4 || !lines.AsSpan(0, key.Length).SequenceEqual(key) || !Digest.TryParse(lines[key.Length], out var digest, out _)
            || !long.TryParse(lines[key.Length + 3], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return null;
        }

        return new(new(digest, lines[key.Length + 1], lines[key.Length + 2] == "hashed"), DateTimeOffset.FromUnixTimeMilliseconds(at));
    }

    // once a day one run takes away what nobody can have a use for
    private void Sweep(DateTimeOffset now)
    {
        FileInfo mark = new(Path.Join(path, "swept"));
        if (mark.Exists && now - mark.LastWriteTimeUtc < TimeSpan.FromDays(1))
        {
            return;
        }

        using (mark.Create())
        {
            // its time is what counts
        }

        mark.LastWriteTimeUtc = now.UtcDateTime;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => now - f.LastWriteTimeUtc > Kept))
        {
            NativeMethods.Delete(file.FullName);
        }
    }

    private string FileOf(string[] key)
    {
        var name = Hash(string.Join('\n', key));
        return Path.Join(path, name[..2], name[2..]);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // every level that is missing is for this user only: else the next run would not trust what this one made
    private static void MakeFolder(string folder)
    {
        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
        {
            MakeFolder(parent);
        }

        _ = NativeMethods.MakeFolder(folder, OwnerOnly);
    }
}
