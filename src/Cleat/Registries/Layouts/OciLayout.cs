using System.Diagnostics.CodeAnalysis;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Registries.Layouts;

/// <summary>
/// Digests from an OCI image layout on disk (OCI image-spec, image-layout.md) in place of a registry.
/// </summary>
/// <remarks>
/// A name is <c>io.containerd.image.name</c> or <c>org.opencontainers.image.ref.name</c>. One that holds <c>:</c> or <c>/</c> is
/// a reference and matches in its normalised form: <c>nginx:1.27</c> and <c>docker.io/library/nginx:1.27</c> are one. Anything else is
/// a bare tag. It does not say of which repository, so it answers only when the folder's own name is the last part of the
/// repository asked for (<c>./nginx</c> with <c>1.27</c> for <c>nginx:1.27</c>): guessing would pin redis to nginx. Full names win.
/// </remarks>
internal sealed class OciLayout : IDigestSource
{
    private readonly LayoutFiles folder;
    private readonly IReadOnlyList<LayoutName> names;

    private OciLayout(LayoutFiles folder, IReadOnlyList<LayoutName> names)
    {
        this.folder = folder;
        this.names = names;
    }

    /// <summary>Opens a layout and reads its names.</summary>
    /// <param name="problem">Why it is none, naming the folder.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out OciLayout? layout, [NotNullWhen(false)] out string? problem)
    {
        layout = null;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            problem = "the OCI layout's path is empty or not a path";
            return false;
        }

        return TryOpen(new LayoutFolder(path), out layout, out problem);
    }

    /// <summary>Opens a layout wherever it lies.</summary>
    internal static bool TryOpen(LayoutFiles folder, [NotNullWhen(true)] out OciLayout? layout, [NotNullWhen(false)] out string? problem)
    {
        layout = null;
        if (!folder.TryCheck(out problem))
        {
            return false;
        }

        var names = LayoutName.ReadAll(folder);
        if (!names.IsOk)
        {
            problem = ((Resolution.Refused)names.Failure).Message;
            return false;
        }

        layout = new(folder, names.Value);
        return true;
    }

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Platform? wanted = null;
        if (platform is not null && !Platform.TryParse(platform, out wanted))
        {
            return new Resolution.Refused($"the platform '{PrintableText.Abbreviated(platform)}' does not read os/arch or os/arch/variant");
        }

        var asked = ResolutionKey.Of(reference, null).Reference;
        var found = names.Where(n => n.Reference == asked).ToList();
        if (found.Count == 0 && reference.Repository.Split('/')[^1] == folder.Name)
        {
            found = [.. names.Where(n => n.BareTag == reference.EffectiveTag)];
        }

        var digests = found.Select(n => n.Digest).Distinct().ToList();
        return digests.Count switch
        {
            0 => new Resolution.NotFound(names.Any(n => n.BareTag == reference.EffectiveTag)
                ? $"{folder.Path} has the bare tag {reference.EffectiveTag}, which does not say that it is {asked}: give it its full name in org.opencontainers.image.ref.name, or call the folder {reference.Repository.Split('/')[^1]}"
                : $"{folder.Path} has no {asked}"),
            1 => await AnswerAsync(digests[0], found[0].MediaType, wanted, asked),
            _ => new Resolution.Refused($"{folder.Path} has {asked} twice, with different digests"),
        };
    }

    /// <inheritdoc/>
    public bool HasManifests => true;

    /// <inheritdoc/>
    public async Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation)
    {
        var digest = reference.Digest;
        if (digest is null)
        {
            var found = await ResolveAsync(reference, null, cancellation);
            if (found is not Resolution.Resolved resolved)
            {
                return found;
            }

            digest = resolved.Digest;
        }

        var blob = folder.Blob(digest.Value);
        if (!blob.IsOk)
        {
            return blob.Failure;
        }

        var document = ManifestDocument.Read(blob.Value, null, $"{reference.Name}@{digest}");
        return document.IsOk ? await document.Value.DescribeAsync(digest.Value, config, b => Task.FromResult(folder.Blob(b))) : document.Failure;
    }

    private async Task<Resolution> AnswerAsync(string? text, string? mediaType, Platform? platform, string asked)
    {
        if (!Digest.TryParse(text, out var digest, out var problem))
        {
            return new Resolution.Refused($"{folder.Path}: {asked}: the digest {problem}");
        }

        var blob = folder.Blob(digest);
        if (!blob.IsOk)
        {
            return blob.Failure;
        }

        var document = ManifestDocument.Read(blob.Value, mediaType, asked);
        return !document.IsOk ? document.Failure
            : folder.Distrust(document.Value) is { } distrust ? new Resolution.Refused($"{asked}: {distrust}")
            : platform is null ? new Resolution.Resolved(digest, document.Value.MediaType, Verified: true)
            : await PlatformChoice.ChooseAsync(document.Value, digest, platform, asked, config => Task.FromResult(folder.Blob(config)));
    }
}
