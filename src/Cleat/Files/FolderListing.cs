using System.IO.Enumeration;

namespace Cleat.Files;

/// <summary>A name in a folder.</summary>
/// <param name="IsFolder">True for a folder and for a link to one.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder);

/// <summary>The names in one folder, hidden ones included, without a status call for each.</summary>
internal sealed class FolderListing : FileSystemEnumerator<FolderEntry>
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private FolderListing(string folder)
        : base(folder, Everything)
    {
    }

    /// <exception cref="IOException">The folder cannot be read, or is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static List<FolderEntry> Read(string folder)
    {
        List<FolderEntry> entries = [];
        using FolderListing listing = new(folder);
        while (listing.MoveNext())
        {
            entries.Add(listing.Current);
        }

        return entries;
    }

    protected override FolderEntry TransformEntry(ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory);
}
