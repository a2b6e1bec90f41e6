using Cleat.Trees.Comments;

namespace Cleat.Formats.Earthly;

/// <summary>Earthly's build files.</summary>
internal static class EarthlyFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("earthfile", "Earthfile", "Earthfile", "*.earth")
        {
            Comments = CommentSyntax.Hash,
            Read = reading => new EarthRecipes(reading).Read(),
            Signs = new() { Words = ["FROM", "DOCKER"] },
            Where = "`FROM` of every target, `WITH DOCKER --pull`",
        },
    ];
}
