namespace Cleat.Cli.Tests.Verbs;

/// <summary>What people read: the whole image, once, and what to do next.</summary>
public sealed class SayingTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";
    private static readonly string Digests = Path.Combine(SourceTree.Root, "examples/registry");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Concise_is_a_line_for_each_finding()
    {
        var docker = folder.Put("Dockerfile", "ARG V=1.27\nFROM nginx:$V\nFROM alpine\nFROM nginx@sha256:12\n# cleat: ignroe\n");
        var (code, output, _) = await InProcess.RunAsync("", "check", "--format", "concise", docker);
        Assert.Equal(
            (ExitCode.Findings, $"{docker}:2:6: unpinned-image: nginx:1.27\n{docker}:3:6: unpinned-image: alpine:latest\n{docker}:4:6: malformed-digest: nginx@sha256:12\n"
                + $"{docker}:5:3: unused-ignore: 'cleat: ignroe' silences nothing: write `cleat: ignore[rule] reason`, or `cleat: ignore-file[rule] reason`\n"),
            (code, output));
        (code, output, _) = await InProcess.RunAsync("", "list", "--format", "concise", docker);
        Assert.Equal((ExitCode.Done, $"{docker}:2:6: unpinned: nginx:1.27\n{docker}:3:6: unpinned: alpine:latest\n{docker}:4:6: malformed: nginx@sha256:12\n"), (code, output));
    }

    [Fact]
    public async Task Equal_findings_are_told_together_with_the_whole_image()
    {
        folder.Put("a.yaml", Pod + "  - image: nginx:1.27\n  - image: nginx:1.27\n");
        folder.Put("b.yaml", Pod + "  - image: docker.io/library/nginx:1.27\n");
        folder.Put("task.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params:\n  - {name: v, default: latest}\n  steps:\n  - image: golang:$(params.v)\n");
        var (_, output, _) = await InProcess.RunAsync("", "check", folder.Path);
        Assert.Contains($"a.yaml:5:12  error  unpinned-image  docker.io/library/nginx:1.27\n", output, StringComparison.Ordinal);
        Assert.Contains($"  = also {folder["a.yaml"]}:6:12\n  = also {folder["b.yaml"]}:5:12\n  = help: run `cleat pin {folder["a.yaml"]} {folder["b.yaml"]}`", output, StringComparison.Ordinal);
        Assert.Contains("task.yaml:5:24  error  unpinned-image  docker.io/library/golang:latest, through spec.params[0].default\n", output, StringComparison.Ordinal);
        Assert.EndsWith("3 files, 4 references: 4 unpinned; `cleat pin` can mend all of it\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_pinned_is_said_and_what_cannot_be_is_a_finding_with_what_to_do()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\nFROM nginx:1.27\n# cleat: ignore built here\nFROM redis:7.4\n");
        var (code, output, error) = await InProcess.RunAsync("", "pin", "--from", Digests, folder.Path);
        Assert.Equal((ExitCode.Done, "2 references pinned in 1 file (1 ignored)\n"), (code, error));
        Assert.Matches("^pinned docker.io/library/nginx:1.27 to sha256:[0-9a-f]{64} in 2 places\n$", output);
        (code, output, error) = await InProcess.RunAsync("", "pin", "--from", Digests, folder.Path);
        Assert.Equal((ExitCode.Done, "", "nothing to pin in 1 file (1 ignored)\n"), (code, output, error));

        var numbers = folder.Put("kustomization.yaml", "images:\n- name: x\n  newTag: 1.10\n");
        (code, _, error) = await InProcess.RunAsync("", "pin", "--from", Digests, numbers);
        Assert.Equal(ExitCode.Findings, code);
        Assert.StartsWith($"{numbers}:3:11: unpinned-image: x:1.10 cannot be pinned here: kustomize takes only text for newTag", error, StringComparison.Ordinal);
        Assert.EndsWith("\nnothing can be pinned in 1 file\n", error, StringComparison.Ordinal);
        (code, output, _) = await InProcess.RunAsync("", "pin", "--format", "json", "--from", Digests, numbers);
        Assert.Equal(ExitCode.Findings, code);
        Assert.Contains("\"help\": \"kustomize takes only text", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_no_file_is_not_called_one()
    {
        var (_, output, _) = await InProcess.RunAsync("FROM nginx:1.27\n", "check", "-", "--stdin-name", "Dockerfile");
        Assert.Contains("run `cleat pin` on the file that this text comes from", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_keeps_the_order_and_names_the_whole_reference()
    {
        await using TagRegistry registry = new();
        var (digest, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", digest);
        string[] asked = [$"{registry.Host}/app:1", $"{registry.Host}/app:none", $"{registry.Host}/app:1"];
        var (code, output, error) = await InProcess.RunAsync("", ["resolve", .. asked, "--plain-http", registry.Host]);
        Assert.Equal((ExitCode.Incomplete, $"{digest}\n-\n{digest}\n"), (code, output));
        Assert.Contains($"{registry.Host}/app:none: not found", error, StringComparison.Ordinal);
        (_, output, _) = await InProcess.RunAsync("", ["resolve", "--full-ref", .. asked, "--plain-http", registry.Host]);
        Assert.Equal($"{registry.Host}/app@{digest}\n-\n{registry.Host}/app@{digest}\n", output);
    }

    [Fact]
    public async Task One_host_that_cannot_be_found_is_one_line()
    {
        folder.Put("Dockerfile", "FROM nowhere.invalid/a:1\nFROM nowhere.invalid/b:2\nFROM nowhere.invalid/c:3\n");
        var (code, _, error) = await InProcess.RunAsync("", "pin", folder.Path);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Single(error.Split('\n'), l => l.Contains("nowhere.invalid", StringComparison.Ordinal) && l.Contains("(3 images: nowhere.invalid/a:1, nowhere.invalid/b:2, nowhere.invalid/c:3)", StringComparison.Ordinal));
        Assert.EndsWith("nothing pinned; not all could be read or done: 3 errors\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_style_that_a_format_has_no_comments_for_is_said()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        var (code, _, error) = await InProcess.RunAsync("", "pin", "--style", "digest-comment", "--from", Digests, folder.Path);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("note: no comment can stand behind a reference in dockerfile", error, StringComparison.Ordinal);
        Assert.StartsWith("FROM nginx:1.27@sha256:", folder.Read("Dockerfile"), StringComparison.Ordinal);
    }
}
