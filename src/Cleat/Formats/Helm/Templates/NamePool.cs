using System.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>The names that were read last, so that one which stands in a thousand places is one string.</summary>
internal static class NamePool
{
    private const int Size = 1024;

    [ThreadStatic]
    private static string?[]? names;

    public static string Of(ReadOnlySpan<byte> name)
    {
        var kept = names ??= new string?[Size];
        uint hash = 2166136261;
        foreach (var b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        ref var found = ref kept[hash % Size];
        if (found is null || !Ascii.Equals(name, found))
        {
            found = Encoding.UTF8.GetString(name);
        }

        return found;
    }
}
