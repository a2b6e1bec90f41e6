using System.Diagnostics;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Trust;

/// <summary>Nothing of outside the tree is read or sent, whatever a file of the tree names.</summary>
public sealed class OutsideTests : IDisposable
{
    private const string Secret = "s3cret-hunter7";

    private readonly TemporaryFolder folder = new();

    public OutsideTests()
    {
        folder.Put("work/tree/.git/HEAD", "ref: refs/heads/main\n");
        folder.Put("outside/.env", $"TOKEN={Secret}\n");
        folder.Put("outside/v.tf", $"variable \"token\" {{\n  default = \"{Secret}\"\n}}\n");
        folder.Put("outside/v.tfvars", $"token = \"{Secret}\"\n");
        folder.Put("outside/ci.yml", $"variables: {{TOKEN: {Secret}}}\n");
        folder.Put("outside/t.yml", $"parameters: [{{name: TOKEN, default: {Secret}}}]\n");
        folder.Put("outside/base/kustomization.yaml", "resources: [web.yaml]\n");
        folder.Put("outside/base/web.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: x}}\nspec: {{containers: [{{name: a, image: \"evil/{Secret}\"}}]}}\n");
        folder.Put("outside/values.yaml", $"image: {{repository: evil.example/{Secret}, tag: one}}\n");
        folder.Put("outside/x.bicep", $"@export()\nvar image = 'evil.example/{Secret}:1'\n");
        folder.Put("outside/vars.hcl", $"variable \"TOKEN\" {{ default = \"{Secret}\" }}\n");
    }

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Traps => [.. All.Keys];

    // a tree, by path: a text, or "-> " and where a link leads
    private static readonly Dictionary<string, (string Path, string Content)[]> All = new(StringComparer.Ordinal)
    {
        ["linked .env"] = [("compose.yml", Compose), (".env", "-> ../../outside/.env")],
        ["linked .env by its whole path"] = [("compose.yml", Compose), (".env", "-> {outside}/.env")],
        ["linked folder with .env"] = [("web/compose.yml", "-> ../../../outside/none.yml"), ("app/compose.yml", Compose), ("app/.env", "-> ../../../outside/.env")],
        ["linked .tf"] = [("main.tf", Terraform), ("v.tf", "-> ../../outside/v.tf")],
        ["linked .tfvars"] = [("main.tf", Terraform + "variable \"token\" {}\n"), ("terraform.tfvars", "-> ../../outside/v.tfvars")],
        ["linked module"] = [("main.tf", "module \"m\" {\n  source = \"./m\"\n}\nresource \"docker_image\" \"a\" {\n  name = \"HOST/${module.m.token}:1\"\n}\n"), ("m", "-> ../../outside")],
        ["module above"] = [("main.tf", "module \"m\" {\n  source = \"../../outside\"\n}\nresource \"docker_image\" \"a\" {\n  name = \"HOST/${module.m.token}:1\"\n}\n")],
        ["kustomize base above"] = [("k/kustomization.yaml", "resources: [../../../outside/base]\nimages: [{name: nginx, newName: HOST/x, newTag: \"1\"}]\n")],
        ["kustomize base by its whole path"] = [("k/kustomization.yaml", "resources: [\"{outside}/base\"]\n")],
        ["linked kustomize base"] = [("k/kustomization.yaml", "resources: [base]\n"), ("k/base", "-> ../../../outside/base")],
        ["GitLab include above"] = [(".gitlab-ci.yml", "include: [{local: \"../../outside/ci.yml\"}]\na: {image: \"HOST/$TOKEN:1\"}\n")],
        ["linked GitLab include"] = [(".gitlab-ci.yml", "include: [{local: ci.yml}]\na: {image: \"HOST/$TOKEN:1\"}\n"), ("ci.yml", "-> ../../outside/ci.yml")],
        ["Azure template above"] = [("azure-pipelines.yml", "extends: {template: ../../outside/t.yml}\nresources: {containers: [{container: a, image: \"HOST/${{ parameters.TOKEN }}:1\"}]}\n")],
        ["linked values of a chart"] = [("c/Chart.yaml", "name: c\nversion: 1.0.0\napiVersion: v2\n"), ("c/values.yaml", "-> ../../../outside/values.yaml"), ("c/templates/a.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"}]}\n")],
        ["linked templates of a chart"] = [("c/Chart.yaml", "name: c\nversion: 1.0.0\napiVersion: v2\n"), ("c/values.yaml", "image: {repository: HOST/x, tag: one}\n"), ("c/templates", "-> ../../../outside")],
        ["Bicep import above"] = [("main.bicep", "import { image } from '../../outside/x.bicep'\nresource a 'Microsoft.App/containerApps@2024-03-01' = {\n  properties: { template: { containers: [ { image: image } ] } }\n}\n")],
        ["linked workflow"] = [(".github/workflows/a.yml", "-> ../../../../outside/base/web.yaml")],
        ["linked manifest"] = [("web.yaml", "-> ../../outside/base/web.yaml")],
        ["linked .gitignore"] = [(".gitignore", "-> ../../outside/.env"), ("Dockerfile", "FROM HOST/x:1\n")],
        ["link to a link"] = [("compose.yml", Compose), (".env", "-> a"), ("a", "-> b"), ("b", "-> ../../outside/.env")],
        ["link through proc"] = [("compose.yml", Compose), (".env", "-> /proc/self/root{outside}/.env")],
    };

    private const string Compose = "services:\n  a:\n    image: HOST/${TOKEN}:1\n";
    private const string Terraform = "resource \"docker_image\" \"a\" {\n  name = \"HOST/${var.token}:1\"\n}\n";

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task No_secret_is_sent_or_said_and_what_was_refused_is_told(string trap)
    {
        await using var server = new ScriptedServer(_ => Replies.Text(404, "{}"));
        foreach (var (path, content) in All[trap])
        {
            var text = content.Replace("HOST", server.Host, StringComparison.Ordinal).Replace("{outside}", folder["outside"], StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(folder[$"work/tree/{path}"])!);
            if (text.StartsWith("-> ", StringComparison.Ordinal))
            {
                File.CreateSymbolicLink(folder[$"work/tree/{path}"], text[3..]);
            }
            else
            {
                folder.Put($"work/tree/{path}", text);
            }
        }

        List<string> said = [];
        foreach (var args in (string[][])[["check"], ["list", "--format", "json"], ["pin", "--check", "--timeout", "5"]])
        {
            var (_, output, error) = await CommandRun.Of([.. args, folder["work/tree"]]);
            said.Add(output + error);
        }

        Assert.All(said, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.All(server.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
        if (trap != "linked .gitignore")
        {
            Assert.Contains("unread-file", said[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ignored", "compose.yml")]
    [InlineData("ignored", ".")]
    [InlineData("ignored by the user", ".")]
    [InlineData("not tracked", ".")]
    [InlineData("no longer ignored", ".")]
    [InlineData("tracked", ".")]
    public async Task A_value_that_git_does_not_track_is_part_of_no_name(string how, string path)
    {
        await using var server = new ScriptedServer(_ => Replies.Text(404, "{}"));
        var tree = folder["work/tree"];
        folder.Put("work/tree/compose.yml", Compose.Replace("HOST", server.Host, StringComparison.Ordinal));
        folder.Put("work/tree/main.tf", (Terraform + "variable \"token\" {}\n").Replace("HOST", server.Host, StringComparison.Ordinal));
        folder.Put("work/tree/.env", $"TOKEN={Secret}\n");
        folder.Put("work/tree/terraform.tfvars", $"token = \"{Secret}\"\n");
        if (how == "ignored")
        {
            folder.Put("work/tree/.gitignore", ".env\n*.tfvars\n");
        }

        Directory.Delete($"{tree}/.git", recursive: true);
        await GitAsync(tree, "init", "-q");
        if (how == "ignored by the user")
        {
            await File.WriteAllTextAsync($"{tree}/.git/info/exclude", ".env\n*.tfvars\n", TestContext.Current.CancellationToken);
        }

        await GitAsync(tree, "add", how == "tracked" ? "." : "compose.yml", "main.tf");
        var noIgnore = how == "ignored" && path == "." ? ["--no-ignore"] : Array.Empty<string>();
        List<string> said = [];
        foreach (var args in (string[][])[["check"], ["list", "--format", "json"], ["pin", "--check", "--timeout", "5"]])
        {
            var (_, output, error) = await CommandRun.Of([.. args, .. noIgnore, Path.Combine(tree, path)]);
            said.Add(output + error);
        }

        if (how == "tracked")
        {
            Assert.Contains(Secret, said[1], StringComparison.Ordinal);
            Assert.Contains(server.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
            return;
        }

        Assert.All(said, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.DoesNotContain(server.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains("git does not track this file of values", said[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c.json", false)]
    [InlineData("d.json", true)]
    public async Task A_file_of_any_name_gives_no_values_when_git_ignores_it(string ignored, bool isRead)
    {
        var tree = folder["work/tree"];
        folder.Put("work/tree/main.tf", Terraform.Replace("var.token", "jsondecode(file(\"c.json\")).token", StringComparison.Ordinal).Replace("HOST", "r.example", StringComparison.Ordinal));
        folder.Put("work/tree/c.json", $"{{\"token\": \"{Secret}\"}}");
        folder.Put("work/tree/.gitignore", ignored + "\n");
        Directory.Delete($"{tree}/.git", recursive: true);
        await GitAsync(tree, "init", "-q");
        var (_, output, error) = await CommandRun.Of("list", "--format", "json", tree);
        Assert.Equal(isRead, (output + error).Contains(Secret, StringComparison.Ordinal));
    }

    private static async Task GitAsync(string folder, params string[] args)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. args]))!;
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
    }
}
