using System.Collections.Frozen;

namespace Cleat.Formats.Dockerfile;

/// <summary>Which file names are Dockerfiles.</summary>
internal static class DockerfileName
{
    // sources, prose and data that stand beside a Dockerfile and borrow its name: `dockerfile.go`, `Dockerfile.md`;
    // templates (.j2, .tmpl, .in, …) are Dockerfiles with holes and stay claimed
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "go", "py", "pyi", "pyc", "sh", "bash", "js", "ts", "rb", "rs", "vim", "lua", "java", "sql", "md", "rst", "adoc", "html", "css", "svg", "png", "json", "yaml", "yml", "toml", "xml", "lock",
        "dockerignore", "containerignore", "swp");

    private static readonly string[] Words = ["Dockerfile", "dockerfile", "DockerFile", "Containerfile", "containerfile"];

    /// <summary>What the names of Dockerfiles match; <see cref="Claims"/> has the last word.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. Words.Select(w => w + "*"), .. Words.SelectMany(w => (string[])[$"*.{w}", $"*.{w}.*"]),
        "*-Dockerfile", "*-Dockerfile.*", "*_Dockerfile", "*_Dockerfile.*", "*-Containerfile", "*_Containerfile",
    ];

    /// <summary>
    /// <c>Dockerfile</c> alone, with a number (<c>Dockerfile2</c>), or set off by a dot, a dash or an underscore: <c>Dockerfile.dev</c>, <c>app.Dockerfile</c>, <c>app-Dockerfile</c>,
    /// <c>app.Dockerfile.prod</c>; <c>Containerfile</c> likewise, and with anything behind it.
    /// <c>docker build</c> looks for <c>Dockerfile</c> and then for <c>dockerfile</c>; <c>podman build</c> for <c>Containerfile</c> first. Other mixtures of case than <c>DockerFile</c> belong to nobody.
    /// </summary>
    internal static bool Claims(ReadOnlySpan<char> fileName)
    {
        var dot = fileName.LastIndexOf('.');
        if (dot >= 0 && Foreign.GetAlternateLookup<ReadOnlySpan<char>>().Contains(fileName[(dot + 1)..]))
        {
            return false;
        }

        foreach (var word in Words)
        {
            var at = fileName.IndexOf(word, StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var rest = fileName[(at + word.Length)..];
            return at == 0
                ? rest.IsEmpty || word == "Containerfile" || (rest.Length > 1 && rest[0] is '.' or '-' or '_') || !rest.ContainsAnyExceptInRange('0', '9')
                : fileName[at - 1] is '.' or '-' or '_' && at > 1 && (rest.IsEmpty || (rest.Length > 1 && rest[0] is '.' or '-' or '_'));
        }

        return false;
    }
}
