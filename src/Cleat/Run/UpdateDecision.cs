using Cleat.References;

namespace Cleat.Run;

/// <summary>What is to become of a pin. A closed union.</summary>
internal abstract record UpdateDecision
{
    private UpdateDecision()
    {
    }

    /// <summary>Its tag still means it.</summary>
    internal sealed record None : UpdateDecision;

    /// <summary>It is to be moved.</summary>
    /// <param name="Platform">The one platform that the pin is for, or null.</param>
    /// <param name="Note">Something worth saying, or null.</param>
    internal sealed record To(Digest Digest, string? Platform, ImageFacts Old, ImageFacts New, string? Note) : UpdateDecision;

    /// <summary>It could be moved, and a wish of the run keeps it.</summary>
    internal sealed record Held(Digest Digest, string Why) : UpdateDecision;

    /// <summary>It is not known whether it moved, or it moved to something that must not be used.</summary>
    internal sealed record Failed(string Why) : UpdateDecision;
}

/// <summary>What is told of an image.</summary>
/// <param name="Created">Null when it does not say.</param>
/// <param name="Size">Bytes as they are pulled; 0 when it is not known.</param>
/// <param name="Problem">What could not be read of it; null when all was.</param>
internal sealed record ImageFacts(DateTimeOffset? Created, long Size, string? Problem = null)
{
    public static ImageFacts Unknown { get; } = new(null, 0);
}
