using Cleat.Trees.Comments;

namespace Cleat.Formats.MSBuild;

/// <summary>.NET projects that the SDK makes containers of.</summary>
internal static class MSBuildFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("dotnet", ".NET project", "*.csproj", "*.fsproj", "*.vbproj", "*.props", "*.targets", "*.pubxml")
        {
            Comments = CommentSyntax.Xml,
            Read = ProjectFile.Read,
            Signs = new() { Words = [ProjectFile.BaseImage] },
            Where = "`<ContainerBaseImage>`, and the property it names",
        },
    ];
}
