namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private static IEnumerable<GrowthInput> Docker =>
    [
        One("dockerfile", "Dockerfile", "", i => $"FROM nginx:{i}\nRUN true\n"),
        Two("dockerfile/args", "Dockerfile", "", i => $"ARG V{i}={i}\n", "", i => $"FROM nginx:${{V{i}}}\n"),
        Two("dockerfile/arg-chain", "Dockerfile", "ARG V0=1\n", i => $"ARG V{i + 1}=$V{i}\n", "", i => $"FROM nginx:$V{i + 1}\n"),
        One("dockerfile/stages", "Dockerfile", "", i => $"FROM nginx:{i} AS s{i}\nCOPY --from=s{i / 2} /a /a\n"),
        One("dockerfile/copies", "Dockerfile", "FROM nginx:1\n", i => $"COPY --from=nginx:{i} /a /a\nRUN --mount=type=bind,from=nginx:{i},target=/b true\n"),
        One("dockerfile/continuation", "Dockerfile", "FROM nginx:1\nRUN true \\\n", i => $"  && echo {i} \\\n", "  && true\n").WithFew(),
        One("dockerfile/heredocs", "Dockerfile", "FROM nginx:1\n", i => $"RUN <<EOF{i}\necho a\nEOF{i}\n").WithFew(),
        One("dockerfile/open-heredocs", "Dockerfile", "FROM nginx:1\n", i => $"RUN <<EOF{i}\necho a\n").WithFew(),
        One("dockerfile/open-heredocs-one-line", "Dockerfile", "FROM nginx:1\nRUN", i => $" <<E{i}", "\na\n").WithFew(),

        One("compose", "compose.yaml", "services:\n", i => $"  s{i}:\n    image: nginx:{i}\n") with { Count = 2000, Within = 1 },
        One("compose/defaults", "compose.yaml", "services:\n", i => $"  s{i}:\n    image: nginx:${{V{i}:-{i}}}\n"),
        One("compose/inline", "compose.yaml", "services:\n", i => $"  s{i}:\n    build:\n      dockerfile_inline: |\n        FROM nginx:{i}\n"),
        One("compose/version1", "docker-compose.yml", "", i => $"s{i}:\n  image: nginx:{i}\n"),
        new("compose-env", n => [new("compose.yaml", Text(n, "services:\n", i => $"  s{i}:\n    image: ${{V{i}}}\n")), new(".env", Text(n, "", i => $"V{i}=nginx:{i}\n"))]) { Within = 1 },
        new("compose-env/tags", n => [new("compose.yaml", Text(n, "services:\n", i => $"  s{i}:\n    image: nginx:${{V{i}}}\n")), new(".env", Text(n, "", i => $"V{i}={i}\n"))]) { Within = 1 },

        One("bake", "docker-bake.hcl", "", i => $"target \"t{i}\" {{\n  contexts = {{ base = \"docker-image://nginx:{i}\" }}\n}}\n"),
        One("bake/contexts", "docker-bake.hcl", "target \"t\" {\n  contexts = {\n", i => $"    c{i} = \"docker-image://nginx:{i}\"\n", "  }\n}\n"),
        One("bake/tags", "docker-bake.hcl", "", i => $"variable \"V{i}\" {{\n  default = \"{i}\"\n}}\ntarget \"t{i}\" {{\n  contexts = {{ base = \"docker-image://nginx:${{V{i}}}\" }}\n}}\n"),
        One("bake/variables", "docker-bake.hcl", "", i => $"variable \"V{i}\" {{\n  default = \"docker-image://nginx:{i}\"\n}}\ntarget \"t{i}\" {{\n  contexts = {{ base = V{i} }}\n}}\n"),
        One("earthfile", "Earthfile", "VERSION 0.8\n", i => $"t{i}:\n    FROM nginx:{i}\n"),
        Two("earthfile/args", "Earthfile", "VERSION 0.8\n", i => $"ARG --global V{i}={i}\n", "FROM scratch\n", i => $"t{i}:\n    FROM nginx:$V{i}\n"),
    ];

    private static IEnumerable<GrowthInput> Scripts =>
    [
        Script("shell", "run.sh", "#!/bin/sh\n", i => $"docker run nginx:{i}\n"),
        Script("shell/one-line", "run.sh", "#!/bin/sh\n", i => $"docker run nginx:{i}; "),
        Script("shell/one-command", "run.sh", "#!/bin/sh\ndocker run nginx:1", i => $" word{i}").WithFew(),
        Script("shell/variables", "run.sh", "#!/bin/sh\n", i => $"V{i}={i}\ndocker run nginx:$V{i}\n"),
        Script("shell/same-variable", "run.sh", "#!/bin/sh\n", i => $"V={i}\ndocker run nginx:$V\n").WithFew(0),
        Script("shell/open-heredocs", "run.sh", "#!/bin/sh\ndocker run nginx:1\n", i => $"cat <<EOF{i}\ndocker run nginx:{i}\n").WithFew(),
        Script("shell/open-quotes", "run.sh", "#!/bin/sh\ndocker run nginx:1\n", i => $"echo it's $(echo \"{i}\n").WithFew(),
        Script("make", "Makefile", "all:\n", i => $"\tdocker run nginx:{i}\n"),
        Script("make/variables", "Makefile", "", i => $"V{i} := nginx:{i}\nt{i}:\n\tdocker run $(V{i})\n"),
        Script("markdown", "README.md", "```sh\n", i => $"docker run nginx:{i}\n", "```\n"),
        Script("markdown/inline", "README.md", "", i => $"Run `docker run nginx:{i}` now. ", "\n"),
        Script("markdown/fences", "README.md", "", i => $"```sh\ndocker run nginx:{i}\n```\n"),
        Script("markdown/open-ticks", "README.md", "Run `docker run nginx:1`.\n", i => $"{new string('`', 1 + (i % 50))} docker run nginx:{i} ").WithFew(),

        One("jenkins", "Jenkinsfile", "node {\n", i => $"  docker.image('nginx:{i}').inside {{ }}\n", "}\n"),
        One("jenkins/one-line", "Jenkinsfile", "node { ", i => $"docker.image('nginx:{i}').inside {{ }}; ", "}\n"),
        One("jenkins/variables", "Jenkinsfile", "", i => $"def v{i} = 'nginx:{i}'\nnode {{ docker.image(v{i}).inside {{ }} }}\n"),
        One("jenkins/tags", "Jenkinsfile", "", i => $"def v{i} = '{i}'\nnode {{ docker.image(\"nginx:${{v{i}}}\").inside {{ }} }}\n"),
        One("jenkins/pods", "Jenkinsfile", "", i => $"podTemplate(yaml: '''\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:{i}\n''') {{ }}\n"),
        One("jenkins/dollar-slash", "Jenkinsfile", "node { docker.image('nginx:1').inside { }\n", i => $"  x $/ {i}\n", "}\n").WithFew(),
        One("jenkins/open-slashy", "Jenkinsfile", "node { docker.image('nginx:1').inside { }\n", i => $"  x = ~/ {i}\n", "}\n").WithFew(),
        One("jenkins/open-braces", "Jenkinsfile", "node { docker.image('nginx:1').inside { }\n", i => "docker { (").WithFew(),
        One("jenkins/open-calls", "Jenkinsfile", "node { docker.image('nginx:1').inside { }\n", i => "docker.image(\n").WithFew(),
    ];

    // these formats are read only when asked for
    private static GrowthInput Script(string name, string path, string head, Func<int, string> item, string tail = "") =>
        One(name, path, head, item, tail) with { Arguments = ["check", "--enable", name.Split('/')[0]] };
}
