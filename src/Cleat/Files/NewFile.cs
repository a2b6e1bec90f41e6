using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>A file that is written under a temporary name, and renamed when it is whole; one that was not renamed is taken away again.</summary>
/// <remarks>
/// Who writes it holds a lock on it (flock(2)), and that ends with the process, however the process ends. A file with such a name and without
/// a lock was left by a run that was killed: <see cref="Sweep"/> takes it away. The lock bears others of its kind: .NET programs ask for one when
/// they read, and may read the file as soon as it has its name.
/// </remarks>
internal sealed class NewFile : IDisposable
{
    private const string Prefix = ".cleat-new-";
    private const int Random = 6;
    private const uint ReadAndWrite = 0x1B6; // 0666
    private const uint UsualMask = 0x12; // 022

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly SearchValues<char> AnyLetter = SearchValues.Create(Letters);
    private static readonly EnumerationOptions AllOfTheName = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.None };

    private readonly OpenFolder folder;
    private readonly bool ownsFolder;
    private readonly string name;
    private bool isRenamed;

    private NewFile(SafeFileHandle handle, OpenFolder folder, bool ownsFolder, string name) =>
        (Handle, this.folder, this.ownsFolder, this.name) = (handle, folder, ownsFolder, name);

    public SafeFileHandle Handle { get; }

    /// <summary>Opens one in a folder, for this user only at first.</summary>
    /// <returns>Null when none can be made there; <see cref="NativeMethods.ErrorText"/> says why.</returns>
    public static NewFile? In(OpenFolder folder) => In(folder, ownsFolder: false);

    /// <summary>The same in the folder of a path.</summary>
    /// <param name="target">The full path that it is to have; nothing has to be there.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The new file owns the folder.")]
    public static NewFile? Beside(string target)
    {
        if (NativeMethods.RealPath(Path.GetDirectoryName(target) ?? "/") is not { } real || OpenFolder.Open(real) is not { } folder)
        {
            return null;
        }

        var made = In(folder, ownsFolder: true);
        if (made is null)
        {
            var error = NativeMethods.Error;
            folder.Dispose();
            NativeMethods.Error = error;
        }

        return made;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The new file owns the handle.")]
    private static NewFile? In(OpenFolder folder, bool ownsFolder)
    {
        while (true)
        {
            var name = Prefix + RandomNumberGenerator.GetString(Letters, Random);
            if (folder.Create(name) is not { } handle)
            {
                if (NativeMethods.Error == NativeMethods.Exists)
                {
                    continue;
                }

                return null;
            }

            // another run may have swept it away before it was locked
            if (NativeMethods.Lock(handle) != FileLock.Taken && NativeMethods.TryStatus(handle, out var status) && status.Links > 0)
            {
                return new(handle, folder, ownsFolder, name);
            }

            handle.Dispose();
        }
    }

    /// <summary>Lets others read and write it as far as the umask has it, as any program's new file.</summary>
    public bool SetUsualMode()
    {
        if (!Kernel.IsLinux)
        {
            return NativeMethods.SetMode(Handle, ReadAndWrite & ~UsualMask);
        }

        var umask = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("Umask:", StringComparison.Ordinal));
        return NativeMethods.SetMode(Handle, ReadAndWrite & ~(umask is null ? UsualMask : Convert.ToUInt32(umask["Umask:".Length..].Trim(), 8)));
    }

    /// <summary>Takes a name in its folder, that of another file too.</summary>
    /// <returns>False when the system says no (<see cref="NativeMethods.ErrorText"/>).</returns>
    public bool TakeName(string target) => Renamed(folder.Rename(name, target));

    /// <summary>Takes a name in its folder that must be free.</summary>
    /// <returns>False when it is not, or the system says no (<see cref="NativeMethods.ErrorText"/>).</returns>
    public bool TakeFreeName(string target) => Renamed(folder.RenameToFree(name, target));

    // what stays is swept away by the next run that writes into this folder; no format takes its name
    public void Dispose()
    {
        if (!isRenamed)
        {
            folder.Delete(name);
        }

        Handle.Dispose();
        if (ownsFolder)
        {
            folder.Dispose();
        }
    }

    private bool Renamed(bool done)
    {
        isRenamed = done;
        if (isRenamed)
        {
            Handle.Dispose();
        }

        return isRenamed;
    }

    /// <summary>Takes away what killed runs of this user left in a folder: plain files with a name of just this form that nobody holds a lock on.</summary>
    public static void Sweep(string folder)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*", AllOfTheName).Where(IsOurName))
            {
                SweepOne(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a folder that cannot be listed: what is written into it says the rest
        }
    }

    private static bool IsOurName(string path) => Path.GetFileName(path.AsSpan())[Prefix.Length..] is { Length: Random } random && random.IndexOfAnyExcept(AnyLetter) < 0;

    private static void SweepOne(string path)
    {
        var file = NativeMethods.OpenToRead(path);
        if (file < 0)
        {
            return;
        }

        try
        {
            if (NativeMethods.TryStatus(path, follow: false, out var named) && named is { Kind: FileKind.File, Links: 1 } && named.User == NativeMethods.UserId
                && NativeMethods.TryStatus(file, out var opened) && opened.Stamp == named.Stamp
                && NativeMethods.LockAlone(file) == FileLock.Held)
            {
                NativeMethods.Delete(path);
            }
        }
        finally
        {
            NativeMethods.Close(file);
        }
    }
}
