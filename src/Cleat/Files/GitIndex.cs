using System.Buffers.Binary;
using System.Text;

namespace Cleat.Files;

/// <summary>
/// The names of the files that git tracks, out of a repository's index (gitformat-index(5), versions 2 to 4). It is read here, since git would have to
/// be there, and to be asked under settings that are not trusted.
/// </summary>
internal static class GitIndex
{
    private const int Header = 12;
    private const int Status = 40; // what stands before the hash of an entry
    private const int NameLength = 0xFFF;
    private const int Extended = 0x4000;

    /// <param name="wants">Asked with the path of a tracked file; the rest is not kept.</param>
    /// <returns>Null when it is no index that can be read: then what is tracked is not known.</returns>
    public static IReadOnlySet<string>? Read(ReadOnlySpan<byte> index, Func<ReadOnlySpan<byte>, bool> wants) =>
        Read(index, 20, wants) ?? Read(index, 32, wants); // SHA-1, SHA-256: a repository's settings say which

    private static HashSet<string>? Read(ReadOnlySpan<byte> index, int hash, Func<ReadOnlySpan<byte>, bool> wants)
    {
        if (index.Length < Header || !index.StartsWith("DIRC"u8))
        {
            return null;
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(index[4..]);
        if (version is < 2 or > 4)
        {
            return null;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        List<byte> name = [];
        var at = Header;
        for (var left = BinaryPrimitives.ReadUInt32BigEndian(index[8..]); left > 0; left--)
        {
            var start = at;
            at += Status + hash + 2;
            if (at > index.Length)
            {
                return null;
            }

            var flags = BinaryPrimitives.ReadUInt16BigEndian(index[(at - 2)..]);
            at += (flags & Extended) != 0 ? 2 : 0;
            if (version < 4)
            {
                name.Clear();
            }
            else if (!Shorten(name, index, ref at))
            {
                return null;
            }

            var length = at > index.Length ? -1 : index[at..].IndexOf((byte)0);
            if (length < 0)
            {
                return null;
            }

            name.AddRange(index.Slice(at, length));
            if ((flags & NameLength) != int.Min(name.Count, NameLength))
            {
                return null;
            }

            at += length + 1;
            at += version < 4 ? (8 - ((at - start) % 8)) % 8 : 0;
            var path = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(name);
            if (wants(path))
            {
                names.Add(Encoding.UTF8.GetString(path));
            }
        }

        return at <= index.Length && !IsSplit(index, at, hash) ? names : null;
    }

    // how many bytes of the name before are not this one's
    private static bool Shorten(List<byte> name, ReadOnlySpan<byte> index, ref int at)
    {
        long count = 0;
        for (var first = true; at < index.Length; first = false)
        {
            var next = index[at++];
            count = ((first ? count : count + 1) << 7) | (next & 0x7Fu);
            if (count > name.Count)
            {
                return false;
            }

            if (next < 0x80)
            {
                name.RemoveRange(name.Count - (int)count, (int)count);
                return true;
            }
        }

        return false;
    }

    // the rest of a split index stands in another file
    private static bool IsSplit(ReadOnlySpan<byte> index, int at, int hash)
    {
        while (at + 8 <= index.Length - hash)
        {
            if (index[at..].StartsWith("link"u8))
            {
                return true;
            }

            var next = at + 8L + BinaryPrimitives.ReadUInt32BigEndian(index[(at + 4)..]);
            if (next > index.Length)
            {
                return false;
            }

            at = (int)next;
        }

        return false;
    }
}
