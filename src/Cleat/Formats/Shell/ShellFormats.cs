using Cleat.Trees.Comments;

namespace Cleat.Formats.Shell;

/// <summary>Commands that run images, in scripts and in prose. They are read only when asked for: much of it is examples.</summary>
internal static class ShellFormats
{
    private const string Commands = "`docker`, `podman` and `nerdctl` with `run`, `create` or `pull`";

    public static IReadOnlyList<Format> All { get; } =
    [
        new("shell", "Shell script", "*.sh", "*.bash")
        {
            Comments = CommentSyntax.Hash,
            Read = reading => new CommandFinder(reading).ReadScript(isMake: false),
            Signs = new() { Words = Tools },
            Where = Commands,
            OptIn = true,
        },
        new("make", "Makefile", "Makefile", "makefile", "GNUmakefile", "*.mk", "*.make")
        {
            Comments = CommentSyntax.Hash,
            Read = reading => new CommandFinder(reading).ReadScript(isMake: true),
            Signs = new() { Words = Tools },
            Where = Commands,
            OptIn = true,
        },
        new("markdown", "Markdown", "*.md", "*.markdown")
        {
            Comments = CommentSyntax.Markdown,
            Read = reading => new CommandFinder(reading).ReadProse(),
            Signs = new() { Words = Tools },
            Where = Commands + ", in code",
            OptIn = true,
        },
    ];

    private static IReadOnlyList<string> Tools => ["docker", "podman", "nerdctl"];
}
