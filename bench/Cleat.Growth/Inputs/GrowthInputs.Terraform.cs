namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string PodBody = "    apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n";
    private const string Manifest = "resource \"kubectl_manifest\" \"m\" {\n  yaml_body = <<-EOT\n" + PodBody;
    private const string Release = "resource \"helm_release\" \"r\" {\n  name  = \"web\"\n  chart = \"web\"\n";
    private const string ImageModule = "variable \"image\" {}\nresource \"docker_container\" \"c\" {\n  image = var.image\n}\n";

    private static IEnumerable<GrowthInput> Terraform =>
    [
        One("terraform", "main.tf", "", i => Container(i, $"\"nginx:{i}\"")),
        new("terraform/files", n => Each(n, i => $"part{i}.tf", i => $"variable \"v{i}\" {{\n  type    = string\n  default = \"nginx:{i}\"\n}}\n\nresource \"docker_container\" \"c{i}\" {{\n  name  = \"c{i}\"\n  image = var.v{i}\n}}\n")) { Count = 50, Within = 1 },
        new("terraform/variables", n => [new("main.tf", Text(n, "", i => Container(i, $"var.v{i}"))), new("variables.tf", Text(n, "", i => Variable(i, $"nginx:{i}")))]) { Within = 1 },
        One("terraform/tags", "main.tf", "", i => Variable(i, $"{i}") + Container(i, $"\"nginx:${{var.v{i}}}\"")) with { Within = 1 },
        Two("terraform/locals", "main.tf", "locals {\n", i => $"  v{i} = \"nginx:{i}\"\n", "}\n", i => Container(i, $"local.v{i}")) with { Within = 1 },
        Two("terraform/local-chain", "main.tf", "locals {\n  v0 = \"nginx:1\"\n", i => $"  v{i + 1} = local.v{i}\n", "}\n", i => Container(i, $"local.v{i + 1}")).WithFew() with { Count = 100 },
        Two("terraform/local-map", "main.tf", "locals {\n  images = {\n", i => $"    v{i} = \"nginx:{i}\"\n", "  }\n}\n", i => Container(i, $"local.images[\"v{i}\"]")),
        One("terraform/for-each", "main.tf", "locals {\n  images = {\n", i => $"    v{i} = \"nginx:{i}\"\n", "  }\n}\nresource \"docker_container\" \"c\" {\n  for_each = local.images\n  image    = each.value\n}\n"),
        new("terraform/tfvars", n => [new("main.tf", Text(n, "", i => $"variable \"v{i}\" {{}}\n" + Container(i, $"var.v{i}"))), new("terraform.tfvars", Text(n, "", i => $"v{i} = \"nginx:{i}\"\n"))]),
        new("terraform/tfvars-files", n => [new("main.tf", Text(n, "", i => $"variable \"v{i}\" {{}}\n" + Container(i, $"var.v{i}"))), .. Each(n, i => $"e{i}.auto.tfvars", i => $"v{i} = \"nginx:{i}\"\n")]) { Count = 50 },
        new("terraform/modules", n => [new("main.tf", Text(n, "", i => Call(i, $"./m{i}"))), .. Each(n, i => $"m{i}/main.tf", _ => ImageModule)]) { Count = 50 },
        new("terraform/calls", n => [new("main.tf", Text(n, "", i => Call(i, "./web"))), new("web/main.tf", [ImageModule])]),
        One("terraform/containers", "main.tf", "resource \"kubernetes_deployment_v1\" \"d\" {\n  spec {\n    template {\n      spec {\n", i => $"        container {{\n          image = \"nginx:{i}\"\n        }}\n", "      }\n    }\n  }\n}\n"),
        One("terraform/kubectl-manifest", "main.tf", Manifest, i => $"        - image: nginx:{i}\n", "  EOT\n}\n"),
        One("terraform/kubectl-manifests", "main.tf", "", i => $"resource \"kubectl_manifest\" \"m{i}\" {{\n  yaml_body = <<-EOT\n{PodBody}        - image: nginx:{i}\n  EOT\n}}\n"),
        Two("terraform/kubectl-variables", "main.tf", "", i => Variable(i, $"nginx:{i}"), Manifest, i => $"        - image: ${{var.v{i}}}\n", "  EOT\n}\n"),
        One("terraform/container-definitions", "main.tf", "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = jsonencode([\n", i => $"    {{ name = \"c{i}\", image = \"nginx:{i}\" }},\n", "  ])\n}\n"),
        One("terraform/container-json", "main.tf", "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = <<-EOT\n  [\n", Comma(i => $"    {{ \"name\": \"c{i}\", \"image\": \"nginx:{i}\" }}\n"), "  ]\n  EOT\n}\n"),
        One("terraform/helm-values", "main.tf", Release + "  values = [<<-EOT\n", i => $"    s{i}:\n      image: nginx:{i}\n", "  EOT\n  ]\n}\n"),
        One("terraform/helm-sets", "main.tf", Release, i => $"  set {{\n    name  = \"s{i}.image\"\n    value = \"nginx:{i}\"\n  }}\n", "}\n"),
        One("terraform/helm-parts", "main.tf", Release, i => $"  set {{\n    name  = \"s{i}.image.repository\"\n    value = \"nginx\"\n  }}\n  set {{\n    name  = \"s{i}.image.tag\"\n    value = \"{i}\"\n  }}\n", "}\n"),
        One("terraform/json", "main.tf.json", "{\"resource\": {\"docker_container\": {\n", Comma(i => $"\"c{i}\": {{\"image\": \"nginx:{i}\"}}\n"), "}}}\n"),
        One("terraform/heredocs", "main.tf", "resource \"docker_container\" \"c\" {\n  image = \"nginx:1\"\n}\n", i => $"a{i} = <<E{i}\ntext\nE{i}\n").WithFew(),
        One("terraform/open-heredocs", "main.tf", "resource \"docker_container\" \"c\" {\n  image = \"nginx:1\"\n}\n", i => $"a{i} = <<E{i}\n").WithFew(),
        One("terraform/open-braces", "main.tf", "resource \"docker_container\" \"c\" {\n  image = \"nginx:1\"\n}\n", i => $"a{i} {{\n").WithFew(0),
        One("terraform/open-strings", "main.tf", "resource \"docker_container\" \"c\" {\n  image = \"nginx:1\"\n}\n", i => $"a{i} = \"${{\n").WithFew(0),
        One("terraform/long-template", "main.tf", "resource \"docker_container\" \"c\" {\n  image   = \"nginx:1\"\n  command = \"", i => $"${{var.v{i}}}", "\"\n}\n").WithFew(),
        One("terraform/long-image", "main.tf", "resource \"docker_container\" \"c\" {\n  image = \"nginx:1\"\n}\nresource \"docker_container\" \"d\" {\n  image = \"nginx:", i => $"${{var.v{i}}}", "\"\n}\n").WithFew(),
    ];

    private static IEnumerable<GrowthInput> Nomad =>
    [
        One("nomad", "shop.nomad", "job \"shop\" {\n  group \"web\" {\n", i => Task(i, $"\"nginx:{i}\""), "  }\n}\n"),
        Two("nomad/variables", "shop.nomad", "", i => Variable(i, $"nginx:{i}"), "job \"shop\" {\n  group \"web\" {\n", i => Task(i, $"var.v{i}"), "  }\n}\n"),
        Two("nomad/locals", "shop.nomad", "locals {\n", i => $"  v{i} = \"{i}\"\n", "}\njob \"shop\" {\n  group \"web\" {\n", i => Task(i, $"\"nginx:${{local.v{i}}}\""), "  }\n}\n"),
    ];

    private static string Container(int number, string image) => $"resource \"docker_container\" \"c{number}\" {{\n  image = {image}\n}}\n";

    private static string Variable(int number, string value) => $"variable \"v{number}\" {{\n  default = \"{value}\"\n}}\n";

    private static string Call(int number, string source) => $"module \"m{number}\" {{\n  source = \"{source}\"\n  image  = \"nginx:{number}\"\n}}\n";

    private static string Task(int number, string image) => $"    task \"t{number}\" {{\n      driver = \"docker\"\n      config {{\n        image = {image}\n      }}\n    }}\n";
}
