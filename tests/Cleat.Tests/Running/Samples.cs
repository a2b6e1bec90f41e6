using Cleat.References;
using Cleat.Running;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Tests.Running;

/// <summary>Digests and uses for tests of what runs.</summary>
internal static class Samples
{
    public static Digest One { get; } = Of('1');

    public static Digest Two { get; } = Of('2');

    public static Digest Three { get; } = Of('3');

    /// <summary>A digest of one letter; null for a dot.</summary>
    public static Digest? Named(char letter) => letter == '.' ? null : Of(letter);

    public static ImageUse Asked(string text) => RunningUse.Judged(text, "docker", Steps.Of("Config", "Image"));

    private static Digest Of(char letter) => Digest.TryParse("sha256:" + new string(letter, 64), out var digest, out var problem) ? digest : throw new ArgumentException(problem);
}
