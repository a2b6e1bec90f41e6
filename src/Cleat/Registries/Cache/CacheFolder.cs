using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cleat.References;

namespace Cleat.Registries.Cache;

/// <summary>
/// The files of a <see cref="DiskCache"/>: one an answer, named by the hash of its key, replaced by rename, so that any number of runs
/// may read and write at one time. Its first line is the hash of the rest: what is cut, damaged or another key's is no answer.
/// </summary>
internal sealed class CacheFolder
{
    private const int Longest = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly string path;
    private int swept;

    private CacheFolder(string path) => this.path = path;

    /// <summary>The user's own: <c>$XDG_CACHE_HOME/cleat</c>, else <c>~/.cache/cleat</c> (XDG Base Directory Specification).</summary>
    /// <param name="problem">Why the folder that is there is not used, or null.</param>
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
        problem = null;
        try
        {
            // whoever may write there could choose the digests
            if (Directory.Exists(path) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            {
                problem = $"the cache {path} may be written by others: it is not used (chmod go-w {path})";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the cache {path} is not used: {e.Message}";
        }

        return problem is null ? new(path) : null;
    }

    /// <summary>The answer kept under the key and when it was given; null for none.</summary>
    public (Resolution.Resolved Answer, DateTimeOffset At)? Read(string[] key)
    {
        try
        {
            FileInfo file = new(FileOf(key));
            if (!file.Exists || file.Length > Longest)
            {
                return null;
            }

            var text = File.ReadAllText(file.FullName);
            return text.IndexOf('\n', StringComparison.Ordinal) is var end and > 0 && text[..end] == Sum(text[(end + 1)..]) ? Parse(text[(end + 1)..].Split('\n'), key) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer. A cache that cannot be written is none: nothing is said of it.</summary>
    public void Write(string[] key, Resolution.Resolved answer, DateTimeOffset now)
    {
        string[] lines = [.. key, answer.Digest.ToString(), answer.MediaType, answer.Verified ? "hashed" : "said", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), answer.Note ?? ""];
        if (lines.Any(l => l.Contains('\n', StringComparison.Ordinal)))
        {
            return;
        }

        var file = FileOf(key);
        var temporary = $"{file}.{Environment.ProcessId}-{Guid.NewGuid():N}";
        try
        {
            MakeFolder(path);
            MakeFolder(Path.GetDirectoryName(file)!);
            var text = string.Join('\n', lines);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes($"{Sum(text)}\n{text}"));
            }

            File.Move(temporary, file, overwrite: true);
            if (Interlocked.Exchange(ref swept, 1) == 0)
            {
                Sweep(now);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    private static (Resolution.Resolved, DateTimeOffset)? Parse(string[] lines, string[] key)
    {
        if (lines.Length != key.Length + 5 || !lines.AsSpan(0, key.Length).SequenceEqual(key) || !Digest.TryParse(lines[key.Length], out var digest, out _)
            || !long.TryParse(lines[key.Length + 3], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return null;
        }

        var note = lines[key.Length + 4];
        return (new(digest, lines[key.Length + 1], lines[key.Length + 2] == "hashed", note.Length == 0 ? null : note), DateTimeOffset.FromUnixTimeMilliseconds(at));
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
            TryDelete(file.FullName);
        }
    }

    private string FileOf(string[] key)
    {
        var name = Sum(string.Join('\n', key));
        return Path.Join(path, name[..2], name[2..]);
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void MakeFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        else
        {
            Directory.CreateDirectory(folder);
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another run was quicker, or nobody can: it is only a cache
        }
    }
}
