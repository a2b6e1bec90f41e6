using Cleat.Trees.Comments;

namespace Cleat.Formats.Bazel;

/// <summary>Bazel's module, workspace and extension files.</summary>
internal static class BazelFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("bazel", "Bazel module or workspace", "MODULE.bazel", "*.MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", "WORKSPACE.bzlmod", "*.bzl")
        {
            Comments = CommentSyntax.Hash,
            Read = PullCalls.Read,
            Signs = new() { Words = ["pull"] },
            Where = "`oci.pull(…)`, `oci_pull(…)`, `container_pull(…)`: `image` or `registry` and `repository`, with `tag` and `digest`",
        },
    ];
}
