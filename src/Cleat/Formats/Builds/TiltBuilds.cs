using System.Text.RegularExpressions;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Formats.Builds;

/// <summary>What a <c>Tiltfile</c> builds (docs.tilt.dev, "docker_build", "custom_build"): the name in manifests gets the tag that was built, whichever it has.</summary>
internal sealed partial class TiltBuilds : IBuilds
{
    public const string Name = "Tiltfile";

    private readonly HashSet<(string, string)> names = [];

    private TiltBuilds(SourceText source)
    {
        foreach (var call in Call().Matches(source.Slice(new(0, source.Bytes.Length))).Cast<Match>())
        {
            if (ImageReference.TryParse(call.Groups[1].Value, out var image, out _))
            {
                names.Add((image.Registry, image.Repository));
            }
        }
    }

    public static TiltBuilds Read(SourceText source) => new(source);

    public bool Builds(ImageReference image) => image.Digest is null && names.Contains((image.Registry, image.Repository));

    [GeneratedRegex(@"\b(?:docker_build(?:_with_restart)?|custom_build(?:_with_restart)?|ko_build|podman_build)\(\s*(?:ref\s*=\s*)?['""]([^'""]+)['""]", RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
