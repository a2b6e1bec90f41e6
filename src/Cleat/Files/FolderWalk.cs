using System.Buffers;
using System.Text;

namespace Cleat.Files;

/// <summary>A folder on the way.</summary>
/// <param name="Prefix">What its files are reported with: empty, or with a slash at its end.</param>
/// <param name="FullPath">Without links.</param>
/// <param name="Rules">The ignore rules from above.</param>
/// <param name="Included">True when no include glob is left to be asked for what lies in it.</param>
internal sealed record Folder(string Prefix, string FullPath, GitIgnore? Rules, PathGlobs? Globs, bool Included);

/// <summary>One step of a walk: lists a folder, queues the folders in it and returns the files.</summary>
internal sealed class FolderWalk(WalkOptions options, WalkArguments arguments, TreeFiles tree, Action<WalkedFile> link, Action<string, string> error)
{
    private const string NotUtf8 = "its name is not UTF-8, so it cannot be opened: rename it";

    public WalkedFile[] Enter(Folder folder, WorkQueue<WalkItem> queue)
    {
        List<FolderEntry> entries;
        try
        {
            entries = tree.List(folder.FullPath);
        }
        catch (UnauthorizedAccessException)
        {
            error(DisplayName(folder), "permission denied: the folder cannot be read");
            return [];
        }
        catch (IOException e)
        {
            error(DisplayName(folder), $"the folder cannot be read: {e.Message}");
            return [];
        }

        folder = options.UseIgnoreFiles ? folder with { Rules = Rules(folder, entries) } : folder;
        var start = folder.FullPath.EndsWith('/') ? folder.FullPath : folder.FullPath + "/";
        var startBytes = Encoding.UTF8.GetByteCount(start);
        // a name has at most 255 bytes; one that is not UTF-8 grows to 3 for each
        var path = ArrayPool<byte>.Shared.Rent(startBytes + 1024);
        Encoding.UTF8.GetBytes(start, path);
        List<WalkedFile> files = new(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.Name == ".git")
            {
                continue;
            }

            var bytes = path.AsSpan(0, startBytes + Encoding.UTF8.GetBytes(entry.Name, path.AsSpan(startBytes)));
            switch (Kind(folder, entry, start))
            {
                case FileKind.Folder when Folder(folder, entry.Name, start, bytes) is { } inner:
                    queue.Add(new(inner, null));
                    break;
                case FileKind.File when File(folder, entry.Name, start, bytes) is { } file && !arguments.RealFiles.Contains(file.FullPath):
                    files.Add(file);
                    break;
                case FileKind.Link when File(folder, entry.Name, start, bytes) is { } file && !LeadsToFolder(file.FullPath):
                    link(file);
                    break;
                default:
                    break;
            }
        }

        ArrayPool<byte>.Shared.Return(path);
        return [.. files];
    }

    private GitIgnore? Rules(Folder folder, List<FolderEntry> entries)
    {
        var rules = folder.Rules;
        if (entries.Exists(entry => entry.Name == ".git") && GitRepository.IsRoot(folder.FullPath))
        {
            rules = GitRepository.Exclude(folder.FullPath, error);
        }

        return entries.Exists(entry => entry.Name == ".gitignore") ? GitRepository.IgnoreFile(rules, folder.FullPath, error) : rules;
    }

    private Folder? Folder(Folder outer, string name, string start, ReadOnlySpan<byte> bytes)
    {
        if (outer.Rules?.Ignores(bytes, isFolder: true) == true || outer.Globs?.Excludes(bytes, isFolder: true) == true)
        {
            return null;
        }

        var full = start + name;
        return arguments.RealFolders.Contains(full) || !CanBeOpened(outer, name, full)
            ? null
            : new Folder(outer.Prefix + name + "/", full, outer.Rules, outer.Globs, outer.Included || outer.Globs!.Includes(bytes, isFolder: true));
    }

    private WalkedFile? File(Folder folder, string name, string start, ReadOnlySpan<byte> bytes)
    {
        var full = start + name;
        return options.WantsPath?.Invoke(full) == false
            || folder.Rules?.Ignores(bytes, isFolder: false) == true
            || folder.Globs?.Excludes(bytes, isFolder: false) == true
            || !(folder.Included || folder.Globs!.Includes(bytes, isFolder: false))
            || !CanBeOpened(folder, name, full)
            ? null
            : new(folder.Prefix == start ? full : folder.Prefix + name, full, Named: false);
    }

    private FileKind Kind(Folder folder, FolderEntry entry, string start)
    {
        if (entry.Kind is { } kind)
        {
            return kind;
        }

        if (NativeMethods.TryStatus(start + entry.Name, follow: false, out var status))
        {
            return status.Kind;
        }

        ReportMissing(folder.Prefix + entry.Name);
        return FileKind.Other;
    }

    // a name that is not UTF-8 was decoded with U+FFFD in it, and leads to no file
    private bool CanBeOpened(Folder folder, string name, string full)
    {
        if (!name.Contains('\uFFFD', StringComparison.Ordinal) || NativeMethods.TryStatus(full, follow: false, out _))
        {
            return true;
        }

        ReportMissing(folder.Prefix + name);
        return false;
    }

    private bool LeadsToFolder(string link) => tree.Kind(link) == FileKind.Folder;

    // a file that was removed since the folder was listed is passed over; a name that cannot be decoded is an error
    private void ReportMissing(string path)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            error(path, NotUtf8);
        }
        else if (NativeMethods.Error != NativeMethods.NoEntry)
        {
            error(path, NativeMethods.ErrorText);
        }
    }

    private static string DisplayName(Folder folder) => folder.Prefix switch
    {
        "" => ".",
        "/" => "/",
        var prefix => prefix[..^1],
    };
}
