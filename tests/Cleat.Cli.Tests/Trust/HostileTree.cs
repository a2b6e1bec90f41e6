using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Cleat.Cli.Tests.Trust;

/// <summary>
/// A tree of some two hundred traps, made anew: links out of it, pipes, devices and folders in the place of files, names that are commands, bombs, settings
/// that lie. Beside it a home with credentials and an outside with secrets.
/// </summary>
internal sealed class HostileTree : IDisposable
{
    /// <summary>A part of every secret that is planted.</summary>
    public const string Secret = "s3cret-Vx";

    // what some format reads, with a text that makes it do so
    private static readonly (string Name, string Text)[] Files =
    [
        (".env", $"TOKEN={Secret}1\n"),
        ("compose.yml", "services: {a: {image: \"HOST/${TOKEN}:1\"}}\n"),
        ("Dockerfile", $"FROM evil/{Secret}2\n"),
        ("kustomization.yaml", $"resources: [base]\nimages: [{{name: a, newName: HOST/{Secret}3, newTag: \"1\"}}]\n"),
        ("web.yaml", $"apiVersion: v1\nkind: Pod\nspec: {{containers: [{{image: \"HOST/{Secret}4\"}}]}}\n"),
        ("main.tf", $"resource \"docker_image\" \"a\" {{\n  name = \"HOST/${{var.token}}:1\"\n}}\nvariable \"token\" {{\n  default = \"{Secret}5\"\n}}\n"),
        ("terraform.tfvars", $"token = \"{Secret}6\"\n"),
        ("Chart.yaml", $"apiVersion: v2\nname: {Secret}7\nversion: 1.0.0\n"),
        ("values.yaml", $"image: {{repository: HOST/{Secret}8, tag: one}}\n"),
        (".gitlab-ci.yml", $"include: [{{local: ci.yml}}]\na: {{image: \"HOST/{Secret}9\"}}\n"),
        ("fly.toml", $"[build]\nimage = \"HOST/{Secret}10\"\n"),
        ("main.bicep", $"param image string = 'HOST/{Secret}11:1'\n"),
        ("docker-bake.hcl", $"variable \"TOKEN\" {{ default = \"{Secret}12\" }}\n"),
        (".gitignore", "*.none\n"),
    ];

    private static readonly string[] Names = ["::add-mask::x", "##vso[task.x]y", "##[group]z", "a\nb", "a\rb", "\e[31m", "\u202Ee", "$(id)", "; id", "'\"`", "-rf", "--help", " ", "~", "*", "\\", "%s%n", new('n', 240)];

    private readonly TemporaryFolder folder = new();
    private readonly List<Socket> sockets = [];

    /// <param name="host">A registry that the tree names.</param>
    public HostileTree(string host)
    {
        folder.Put("home/.docker/config.json", $$$"""{"auths":{"corp.example":{"auth":"{{{Base64($"ann:{Secret}-docker")}}}"},"https://index.docker.io/v1/":{"auth":"{{{Base64($"ann:{Secret}-hub")}}}"} } }""");
        folder.Put("home/.config/containers/auth.json", $$$"""{"auths":{"mirror.evil.example":{"auth":"{{{Base64($"ann:{Secret}-podman")}}}"} } }""");
        folder.Put("home/.aws/credentials", $"[default]\naws_secret_access_key = {Secret}-aws\n");
        foreach (var (name, text) in Files)
        {
            folder.Put($"outside/{name}", text.Replace("HOST", host, StringComparison.Ordinal));
        }

        folder.Put("outside/base/kustomization.yaml", "resources: [../web.yaml]\n");
        Directory.CreateDirectory(folder["work/.git/info"]);
        folder.Put("work/.git/HEAD", "ref: refs/heads/main\n");
        folder.Put("work/.git/config", $"[core]\n\tfsmonitor = touch {folder["outside/ran"]}\n\thooksPath = {folder["outside"]}\n[filter \"x\"]\n\tclean = touch {folder["outside/ran"]}\n[diff \"x\"]\n\ttextconv = touch {folder["outside/ran"]}\n");
        folder.Put("work/.gitattributes", "* filter=x diff=x\n");
        folder.Put("work/.cleat.yaml", $"registries:\n  docker.io: {{mirror: \"{host}/{{secret}}\", plain-http: true, ca-file: ../home/.aws/credentials}}\n  corp.example: {{mirror: \"{host}\", plain-http: true}}\n");
        Count = 4;
        Links(host);
        Kinds();
        Odd(host);
        Bombs();
    }

    /// <summary>How many traps there are.</summary>
    public int Count { get; private set; }

    public TemporaryFolder Folder => folder;

    public void Dispose()
    {
        sockets.ForEach(s => s.Dispose());
        folder.Dispose();
    }

    private void Links(string host)
    {
        foreach (var (name, _) in Files)
        {
            string[] targets = [$"../../../outside/{name}", folder[$"outside/{name}"], $"/proc/self/root{folder[$"outside/{name}"]}", "over", "nowhere", name, "/dev/zero", "/proc/self/environ"];
            for (var i = 0; i < targets.Length; i++)
            {
                var at = $"work/links/{name.TrimStart('.')}{i}/{name}";
                Link(at, targets[i]);
                if (targets[i] == "over")
                {
                    Link($"{Path.GetDirectoryName(at)}/over", $"../../../outside/{name}");
                }

                // who asks for it
                Around(Path.GetDirectoryName(at)!, name, host);
            }
        }

        Link("work/links/folder", "../../outside");
        Link("work/links/k/base", "../../../outside/base");
        folder.Put("work/links/k/kustomization.yaml", $"resources: [base, ../../../outside/base, \"{folder["outside/base"]}\", ../../../../../../../../etc]\nimages: [{{name: a, newName: {host}/x, newTag: \"1\"}}]\n");
        folder.Put("work/links/m/main.tf", "module \"m\" {\n  source = \"../../../outside\"\n  image = \"a:1\"\n}\n");
        Count += 5;
    }

    private void Around(string at, string name, string host)
    {
        if (name is not ("compose.yml" or ".gitignore"))
        {
            folder.Put($"{at}/compose.yml", $"services: {{a: {{image: \"{host}/${{TOKEN}}:1\"}}}}\n");
        }

        if (name is not ("main.tf" or ".gitignore"))
        {
            folder.Put($"{at}/main.tf", $"resource \"docker_image\" \"a\" {{\n  name = \"{host}/${{var.token}}:1\"\n}}\n");
        }
    }

    // pipes, sockets, devices and folders in the place of files
    private void Kinds()
    {
        foreach (var (name, _) in Files)
        {
            var plain = name.TrimStart('.');
            Directory.CreateDirectory(folder[$"work/kinds/{plain}/folder/{name}"]);
            Directory.CreateDirectory(folder[$"work/kinds/{plain}/pipe"]);
            Run("mkfifo", folder[$"work/kinds/{plain}/pipe/{name}"]);
            Directory.CreateDirectory(folder[$"work/kinds/{plain}/socket"]);
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(folder[$"work/kinds/{plain}/socket/{name}"]));
            sockets.Add(socket);
            Count += 3;
        }

        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory(folder["work/devices"]);
            Run("mknod", folder["work/devices/compose.yml"], "c", "1", "5");
            Run("mknod", folder["work/devices/.env"], "c", "1", "8");
            Count += 2;
        }
    }

    private void Odd(string host)
    {
        foreach (var name in Names)
        {
            folder.Put($"work/names/{name}/{(name.Length > 200 ? "x" : name)}.dockerfile", $"FROM {host}/a:1\nFROM {name}\n");
            Count++;
        }
    }

    private void Bombs()
    {
        var deep = new string('[', 100_000);
        StringBuilder aliases = new("a0: &a0 [x]\n");
        StringBuilder merges = new("a0: &a0 {image: x}\n");
        for (var i = 1; i < 40; i++)
        {
            aliases.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
            merges.Append($"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n");
        }

        folder.Put("work/bombs/aliases.yaml", $"apiVersion: v1\nkind: Pod\nspec: {{containers: [{{image: x:1}}]}}\n{aliases}");
        folder.Put("work/bombs/merges.yaml", $"apiVersion: v1\nkind: Pod\nspec: {{containers: [{{image: x:1}}]}}\n{merges}");
        folder.Put("work/bombs/deep.yaml", $"apiVersion: v1\nkind: Pod\nimage: {deep}\n");
        folder.Put("work/bombs/deep/compose.yml", $"services: {deep}\nimage: x\n");
        folder.Put("work/bombs/template.json", $"{{\"containerDefinitions\": [{{\"image\": {deep}");
        folder.Put("work/bombs/fly.toml", $"[build]\nimage = {deep}\n");
        folder.Put("work/bombs/open/fly.toml", "\"image");
        folder.Put("work/bombs/main.tf", $"resource \"docker_image\" \"a\" {{\n  name = {new string('(', 100_000)}\n");
        folder.Put("work/bombs/main.bicep", $"param image string = {deep}\n");
        folder.Put("work/bombs/Jenkinsfile", $"docker.image({new string('(', 100_000)}'x:1'");
        folder.Put("work/bombs/Dockerfile", $"FROM {string.Concat(Enumerable.Repeat("${A:-", 20_000))}x\n");
        folder.Put("work/bombs/env/compose.yml", $"services: {{a: {{image: \"{string.Concat(Enumerable.Repeat("${A:-", 20_000))}x\"}}}}\n");
        folder.Put("work/bombs/chart/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n");
        folder.Put("work/bombs/chart/values.yaml", "image: {repository: x, tag: one}\n");
        folder.Put("work/bombs/chart/templates/a.yaml", "{{- define \"a\" }}{{ include \"a\" . }}{{ include \"a\" . }}{{ end }}\nimage: {{ include \"a\" . }}{{ range untilStep 0 1000000000 1 }}{{ .Values.image.repository }}{{ end }}\n");
        folder.Put("work/bombs/k/kustomization.yaml", "resources: [../k, ../k2]\nimages: [{name: x, newTag: \"1\"}]\n");
        folder.Put("work/bombs/k2/kustomization.yaml", "resources: [../k, ../k2]\n");
        folder.Put("work/bombs/nul.yaml", "image: x\0\n");
        Count += 17;
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.CreateSymbolicLink(folder[path], target);
        Count++;
    }

    private static void Run(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        process.WaitForExit();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
