namespace Cleat.Formats.Buildpacks;

/// <summary>Cloud Native Buildpacks (buildpacks.io, "project descriptor", "builder.toml", "package.toml").</summary>
internal static class BuildpackFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("buildpacks", "Buildpacks project", "project.toml")
        {
            Paths = new(
                "io.buildpacks.builder",
                "io.buildpacks.group[].uri = docker://",
                "io.buildpacks.pre.group[].uri = docker://",
                "io.buildpacks.post.group[].uri = docker://",
                "build.builder",
                "build.buildpacks[].uri = docker://"),
        },
        new("buildpacks", "Buildpacks builder", "builder.toml")
        {
            Paths = new(
                "build.image",
                "run.images[].image",
                "stack.build-image",
                "stack.run-image",
                "buildpacks[].uri = docker://",
                "buildpacks[].image",
                "extensions[].uri = docker://",
                "extensions[].image"),
        },
        new("buildpacks", "Buildpack package", "package.toml")
        {
            Paths = new("dependencies[].uri = docker://", "dependencies[].image"),
        },
    ];
}
