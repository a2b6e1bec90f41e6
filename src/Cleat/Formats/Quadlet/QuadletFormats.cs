using Cleat.Trees.Comments;

namespace Cleat.Formats.Quadlet;

/// <summary>Podman's systemd units (podman-systemd.unit(5)).</summary>
internal static class QuadletFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new(
            "quadlet",
            "Quadlet unit",
            "*.container",
            "*.image",
            "*.volume",
            "container.d/*.conf",
            "image.d/*.conf",
            "volume.d/*.conf",
            "*.container.d/*.conf",
            "*.image.d/*.conf",
            "*.volume.d/*.conf")
        {
            Comments = CommentSyntax.Unit,
            Read = QuadletUnit.Read,
            Signs = new() { Words = ["Image", "source", "src"] },
            Where = "`Image=` in `[Container]`, `[Image]` and `[Volume]`; the source of `Mount=type=image` in `[Container]`",
        },
    ];
}
