using System.Collections.Frozen;

namespace Cleat.Formats.Dockerfile;

/// <summary>Which file names are Dockerfiles.</summary>
internal static class DockerfileName
{
    // sources, prose and data that stand beside a Dockerfile and borrow its name: `dockerfile.go`, `Dockerfile.md`;
    // templates (.j2, .tmpl, .in, …) are Dockerfiles with holes and stay claimed
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "go", "py", "pyi", "pyc", "sh", "bash", "js", "ts", "sql", "md", "rst", "adoc", "html", "json", "yaml", "yml", "toml", "xml", "lock", "dockerignore", "containerignore", "swp");

    /// <summary>
    /// <c>Dockerfile</c>, <c>Dockerfile.*</c>, <c>Dockerfile-*</c>, <c>Dockerfile_*</c>, <c>*.Dockerfile</c>, <c>Containerfile*</c>.
    /// <c>docker build</c> looks for <c>Dockerfile</c> and then for <c>dockerfile</c>; <c>podman build</c> for <c>Containerfile</c> first.
    /// Other mixtures of case belong to nobody.
    /// </summary>
    internal static bool Claims(ReadOnlySpan<char> fileName)
    {
        var dot = fileName.LastIndexOf('.');
        if (dot >= 0 && Foreign.GetAlternateLookup<ReadOnlySpan<char>>().Contains(fileName[(dot + 1)..]))
        {
            return false;
        }

        if (fileName.StartsWith("Containerfile", StringComparison.Ordinal))
        {
            return true;
        }

        if (fileName.StartsWith("Dockerfile", StringComparison.Ordinal) || fileName.StartsWith("dockerfile", StringComparison.Ordinal))
        {
            var rest = fileName["Dockerfile".Length..];
            return rest.IsEmpty || (rest.Length > 1 && rest[0] is '.' or '-' or '_');
        }

        return dot > 0 && fileName[(dot + 1)..] is "Dockerfile" or "dockerfile";
    }
}
