using Cleat.Trees.Comments;

namespace Cleat.Formats.Jenkins;

/// <summary>Jenkins pipelines, declarative and scripted.</summary>
internal static class JenkinsFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("jenkins", "Jenkins pipeline", "Jenkinsfile*", "*.jenkinsfile", "*.Jenkinsfile")
        {
            Comments = CommentSyntax.Slashes,
            Read = Pipeline.Read,
            Signs = new() { Words = ["docker", "ontainer", "yaml"] },
            Where = "`docker { image '…' }`, `docker '…'`, `docker.image('…')`, `withDockerContainer`, `containerTemplate`, pod YAML in a string",
        },
    ];
}
