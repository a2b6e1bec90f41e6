namespace Cleat.Growth.Inputs;

/// <summary>Names that lead to names, and files that lead to files: long chains, and one that many lead to.</summary>
internal static partial class GrowthInputs
{
    private const string Callee = "on:\n  workflow_call:\n    inputs:\n      image: {type: string}\njobs:\n  build:\n    container: ${{ inputs.image }}\n";
    private const string AzureTemplate = "parameters:\n  - name: image\n    type: string\njobs:\n  - job: a\n    container: ${{ parameters.image }}\n";

    private static IEnumerable<GrowthInput> Chains =>
    [
        new("github-actions/calls", n => [new(".github/workflows/ci.yml", Text(n, "on: push\njobs:\n", i => $"  job{i}:\n    uses: ./.github/workflows/build.yml\n    with: {{image: \"node:{i}\"}}\n")), new(".github/workflows/build.yml", [Callee])]),
        new("github-actions/callers", n => [.. Each(n, i => $".github/workflows/ci{i}.yml", i => $"on: push\njobs:\n  job:\n    uses: ./.github/workflows/build.yml\n    with: {{image: \"node:{i}\"}}\n"), new(".github/workflows/build.yml", [Callee])]) { Count = 50 },
        new("github-actions/callees", n => [new(".github/workflows/ci.yml", Text(n, "on: push\njobs:\n", i => $"  job{i}:\n    uses: ./.github/workflows/build{i}.yml\n    with: {{image: \"node:{i}\"}}\n")), .. Each(n, i => $".github/workflows/build{i}.yml", _ => Callee)]) { Count = 50 },
        new("github-actions/call-chain", n => [.. Enumerable.Range(0, n).Select(i => new InputFile($".github/workflows/w{i}.yml", [$"on:\n  workflow_call:\n    inputs:\n      image: {{type: string, default: \"node:{i}\"}}\njobs:\n  a:\n    container: ${{{{ inputs.image }}}}\n  b:\n    uses: ./.github/workflows/w{i + 1}.yml\n    with: {{image: \"${{{{ inputs.image }}}}\"}}\n"]))]) { Count = 10 },
        One("github-actions/step-outputs", Workflow, "on: push\njobs:\n", i => $"  job{i}:\n    steps:\n      - id: s\n        run: echo \"image=node:{i}\" >> \"$GITHUB_OUTPUT\"\n    container: ${{{{ steps.s.outputs.image }}}}\n"),
        Two("github-actions/outputs-of-one-job", Workflow, "on: push\njobs:\n  job:\n    steps:\n", i => $"      - id: s{i}\n        run: echo \"image=node:{i}\" >> \"$GITHUB_OUTPUT\"\n", "    services:\n", i => $"      s{i}: {{image: \"${{{{ steps.s{i}.outputs.image }}}}\"}}\n"),
        Two("github-actions/needs", Workflow, "on: push\njobs:\n", i => $"  job{i}:\n    outputs: {{image: \"node:{i}\"}}\n", "", i => $"  use{i}:\n    needs: job{i}\n    container: ${{{{ needs.job{i}.outputs.image }}}}\n"),
        One("github-actions/include", Workflow, "on: push\njobs:\n  job:\n    container: ${{ matrix.image }}\n    strategy:\n      matrix:\n        include:\n", i => $"          - {{name: n{i}, image: \"node:{i}\"}}\n"),
        One("github-actions/services-of-matrix", Workflow, "on: push\njobs:\n  job:\n    strategy:\n      matrix:\n        image: [\"node:1\", \"node:2\"]\n    services:\n", i => $"      s{i}: {{image: \"${{{{ matrix.image }}}}\"}}\n").WithFew(),
        One("github-actions/alternatives", Workflow, "on: push\njobs:\n  job:\n    container: ${{ ", i => $"github.ref == 'r{i}' && 'node:{i}' || ", "'node:0' }}\n").WithFew(0) with { Count = 100 },

        new("azure-pipelines/templates", n => [new("azure-pipelines.yml", Text(n, "trigger: none\njobs:\n", i => $"  - template: t/t{i}.yml\n    parameters: {{image: \"node:{i}\"}}\n")), .. Each(n, i => $"t/t{i}.yml", _ => AzureTemplate)]) { Count = 50 },
        new("azure-pipelines/template-calls", n => [new("azure-pipelines.yml", Text(n, "trigger: none\njobs:\n", i => $"  - template: t/t.yml\n    parameters: {{image: \"node:{i}\"}}\n")), new("t/t.yml", [AzureTemplate])]) { Count = 250 },
        new("azure-pipelines/variable-templates", n => [new("azure-pipelines.yml", Text(n, "variables:\n", i => $"  - template: v{i}.yml\n", "jobs:\n", i => $"  - job: j{i}\n    container: $(v{i})\n")), .. Each(n, i => $"v{i}.yml", i => $"variables:\n  v{i}: node:{i}\n")]) { Count = 50 },
        One("azure-pipelines/matrix", "azure-pipelines.yml", "jobs:\n  - job: a\n    container: $(image)\n    strategy:\n      matrix:\n", i => $"        l{i}: {{image: \"node:{i}\"}}\n"),
        One("azure-pipelines/values", "azure-pipelines.yml", "jobs:\n  - job: a\n    container: ${{ parameters.image }}\nparameters:\n  - name: image\n    values:\n", i => $"      - node:{i}\n"),

        Two("circleci/calls", ".circleci/config.yml", "version: 2.1\njobs:\n  build:\n    parameters: {image: {type: string}}\n    docker: [{image: << parameters.image >>}]\nworkflows:\n  main:\n    jobs:\n", i => $"      - build: {{image: \"node:{i}\"}}\n", "", _ => ""),
        Two("circleci/executors", ".circleci/config.yml", "version: 2.1\nexecutors:\n", i => $"  e{i}:\n    parameters: {{tag: {{type: string}}}}\n    docker: [{{image: \"node:<< parameters.tag >>\"}}]\n", "jobs:\n", i => $"  j{i}:\n    executor: {{name: e{i}, tag: \"{i}\"}}\n"),
        One("circleci/enum", ".circleci/config.yml", "version: 2.1\njobs:\n  build:\n    parameters:\n      image:\n        type: enum\n        enum: [", Comma(i => $"\"node:{i}\""), "]\n    docker: [{image: << parameters.image >>}]\n"),

        One("gitlab-ci/variable-chain", ".gitlab-ci.yml", "variables:\n  V0: node:1\n", i => $"  V{i + 1}: $V{i}\n", "job:\n  image: $V3\n").WithFew(),
        Two("gitlab-ci/chained-variables", ".gitlab-ci.yml", "variables:\n  V0: node:1\n", i => $"  V{i + 1}: $V{i}\n", "", i => $"job{i}:\n  image: $V{i}\n").WithFew(),
        new("gitlab-ci/include-chain", n => [new(".gitlab-ci.yml", ["include: /ci/f0.yml\njob:\n  image: node:1\n"]), .. Each(n, i => $"ci/f{i}.yml", i => $"include: /ci/f{i + 1}.yml\njob{i}:\n  image: node:{i}\n")]) { Count = 50 },
        new("gitlab-ci/extended-elsewhere", n => [new(".gitlab-ci.yml", Text(n, "include: /ci/*.yml\n", i => $".base{i}:\n  image: $V\n")), .. Each(n, i => $"ci/job{i}.yml", i => $"job{i}:\n  extends: .base{i}\n  variables: {{V: \"node:{i}\"}}\n")]) { Count = 50 },
        new("gitlab-ci/extends-elsewhere", n => [new(".gitlab-ci.yml", Text(n, "include: /ci/*.yml\n", i => $"job{i}:\n  extends: .base{i}\n  variables: {{V: \"node:{i}\"}}\n")), .. Each(n, i => $"ci/base{i}.yml", i => $".base{i}:\n  image: $V\n")]) { Count = 50 },
        One("gitlab-ci/default-services", ".gitlab-ci.yml", "variables: {V: \"node:1\"}\ndefault:\n  services: [$V]\n", i => $"job{i}:\n  variables: {{W: \"node:{i}\"}}\n  services: [$W]\n"),
        Two("gitlab-ci/many-defaults", ".gitlab-ci.yml", "variables: {V: \"node:1\"}\ndefault:\n  services:\n", _ => "    - $V\n", "", i => $"job{i}:\n  script: echo {i}\n").WithFew(),
        Two("gitlab-ci/many-services", ".gitlab-ci.yml", "variables: {V: \"node:1\"}\n.base:\n  services:\n", _ => "    - $V\n", "", i => $"job{i}:\n  extends: .base\n").WithFew(),
        One("gitlab-ci/matrix", ".gitlab-ci.yml", "job:\n  image: $V\n  parallel:\n    matrix:\n", i => $"      - V: node:{i}\n"),
        One("gitlab-ci/matrix-values", ".gitlab-ci.yml", "job:\n  image: $V\n  parallel:\n    matrix:\n      - V: [", Comma(i => $"\"node:{i}\""), "]\n"),
        One("gitlab-ci/rules", ".gitlab-ci.yml", "job:\n  image: $V\n  rules:\n", i => $"    - if: $CI_X == \"{i}\"\n      variables: {{V: \"node:{i}\"}}\n"),
        new("gitlab-ci/triggers", n => [new(".gitlab-ci.yml", Text(n, "", i => $"job{i}:\n  variables: {{V: \"node:{i}\"}}\n  trigger: {{include: child.yml}}\n")), new("child.yml", ["job:\n  image: $V\n"])]) { References = _ => 0 },

        One("dockerfile/stage-chain", "Dockerfile", "FROM nginx:1 AS s0\n", i => $"FROM s{i} AS s{i + 1}\n").WithFew(),
        One("compose/extends-chain", "compose.yaml", "services:\n  s0: {image: \"nginx:1\"}\n", i => $"  s{i + 1}:\n    extends: {{service: s{i}}}\n    image: nginx:{i}\n"),
        new("compose/includes", n => [new("compose.yaml", Text(n, "include:\n", i => $"  - d{i}/compose.yaml\n")), .. Each(n, i => $"d{i}/compose.yaml", i => $"services:\n  s{i}:\n    image: nginx:{i}\n")]) { Count = 50 },
        new("compose/builds", n => [new("compose.yaml", Text(n, "services:\n", i => $"  s{i}:\n    build: {{context: d{i}, args: {{TAG: \"{i}\"}}}}\n")), .. Each(n, i => $"d{i}/Dockerfile", _ => "ARG TAG=1\nFROM nginx:$TAG\n")]) { Count = 50, References = _ => 0 },
        new("compose/builds-of-one", n => [new("compose.yaml", Text(n, "services:\n", i => $"  s{i}:\n    build: {{context: ., args: {{V{i}: \"{i}\"}}}}\n")), new("Dockerfile", Text(n, "", i => $"ARG V{i}={i}\n", "", i => $"FROM nginx:$V{i}\n"))]) { Count = 50, References = _ => 0 },
        One("github-actions/build-args", Workflow, "on: push\njobs:\n  a:\n    steps:\n", i => $"      - uses: docker/build-push-action@v6\n        with: {{build-contexts: \"base=docker-image://node:{i}\"}}\n"),
        new("compose-env/chain", n => [new("compose.yaml", Text(n, "services:\n", i => $"  s{i}:\n    image: nginx:${{V{i}}}\n")), new(".env", Text(n, "V0=1\n", i => $"V{i + 1}=${{V{i}}}\n"))]) { References = _ => 1 },
        new("compose-env/many-files", n => [.. Each(n, i => $"d{i}/compose.yaml", _ => "services:\n  s:\n    image: nginx:${TAG}\n"), .. Each(n, i => $"d{i}/.env", i => $"TAG={i}\n")]) { Count = 50 },
        One("bake/inherits-chain", "docker-bake.hcl", "target \"t0\" {\n  contexts = { base = \"docker-image://nginx:1\" }\n}\n", i => $"target \"t{i + 1}\" {{\n  inherits = [\"t{i}\"]\n  contexts = {{ c = \"docker-image://nginx:{i}\" }}\n}}\n"),
        new("bake/args", n => [new("docker-bake.hcl", Text(n, "", i => $"target \"t{i}\" {{\n  args = {{ V{i} = \"{i}\" }}\n}}\n")), new("Dockerfile", Text(n, "", i => $"ARG V{i}={i}\n", "", i => $"FROM nginx:$V{i}\n"))]) { Count = 50 },
        One("earthfile/target-chain", "Earthfile", "VERSION 0.8\nt0:\n    FROM nginx:1\n", i => $"t{i + 1}:\n    FROM +t{i}\n").WithFew(),

        Script("shell/variable-chain", "run.sh", "#!/bin/sh\nV0=1\n", i => $"V{i + 1}=$V{i}\ndocker run nginx:$V{i + 1}\n").WithFew(0),
        Script("shell/long-chain", "run.sh", "#!/bin/sh\nV0=1\n", i => $"V{i + 1}=${{V{i}}}x\n", "docker run nginx:1\n").WithFew(),
        Script("shell/continuation", "run.sh", "#!/bin/sh\ndocker run \\\n", i => $"  -e V{i}=1 \\\n", "  nginx:1\n").WithFew(),
        Script("markdown/continuation", "README.md", "```sh\n", i => $"docker run \\\n  -e V{i}=1 \\\n  nginx:{i}\n", "```\n"),
        One("jenkins/choices", "Jenkinsfile", "properties([parameters([choice(name: 'I', choices: [", Comma(i => $"'nginx:{i}'"), "])])])\nnode { docker.image(params.I).inside { } }\n"),
        One("jenkins/variable-chain", "Jenkinsfile", "def v0 = 'nginx:1'\n", i => $"def v{i + 1} = \"${{v{i}}}\"\n", "node { docker.image(v9).inside { } }\n").WithFew(0),
        One("dotnet/property-chain", "Shop.csproj", "<Project>\n  <PropertyGroup>\n    <V0>1</V0>\n", i => $"    <V{i + 1}>$(V{i})</V{i + 1}>\n    <ContainerBaseImage>nginx:$(V{i})</ContainerBaseImage>\n", "  </PropertyGroup>\n</Project>\n").WithFew(0),

        Two("arm/variable-chain", "azuredeploy.json", ArmTemplate + "\"variables\": {\"v0\": \"nginx:1\"\n", i => $",\"v{i + 1}\": \"[variables('v{i}')]\"\n", "},\n" + ArmContainers, Comma(i => $"{{\"properties\": {{\"image\": \"[variables('v{i}')]\"}}}}\n"), ArmEnd).WithFew() with { Count = 100 },
        Two("bicep/variable-chain", "main.bicep", "var v0 = 'nginx:1'\n", i => $"var v{i + 1} = v{i}\n", BicepContainers, i => $"        {{ image: v{i} }}\n", BicepEnd).WithFew() with { Count = 100 },
        new("bicep/module-chain", n => [.. Enumerable.Range(0, n).Select(i => new InputFile($"m{i}.bicep", [$"param image string = 'nginx:{i}'\nmodule m './m{i + 1}.bicep' = {{\n  name: 'm'\n  params: {{\n    image: image\n  }}\n}}\n{BicepContainers}        {{ image: image }}\n{BicepEnd}"]))]) { Count = 50, References = _ => 1 },
        Two("bicep/list-index", "main.bicep", "var v = [\n", i => $"  'nginx:{i}'\n", "]\n" + BicepContainers, i => $"        {{ image: v[{i}] }}\n", BicepEnd),
        One("bicep/loop", "main.bicep", "param images array = [\n", i => $"  'nginx:{i}'\n", "]\nresource app 'Microsoft.App/containerApps@2024-03-01' = [for i in images: {\n  properties: { template: { containers: [ { image: i } ] } }\n}]\n"),
        Two("cloudformation/mappings", "template.yaml", "Mappings:\n  Images:\n", i => $"    k{i}: {{image: \"nginx:{i}\"}}\n", TaskDefinition, i => $"        - Image: !FindInMap [Images, k{i}, image]\n"),

        Two("terraform/list-index", "main.tf", "locals {\n  images = [\n", i => $"    \"nginx:{i}\",\n", "  ]\n}\n", i => Container(i, $"local.images[{i}]")),
        Two("terraform/object-variable", "main.tf", "variable \"images\" {\n  default = {\n", i => $"    v{i} = {{ image = \"nginx:{i}\" }}\n", "  }\n}\n", i => Container(i, $"var.images.v{i}.image")),
        One("terraform/merge", "main.tf", "locals {\n  v0 = { image0 = \"nginx:0\" }\n", i => $"  v{i + 1} = merge(local.v{i}, {{ image{i + 1} = \"nginx:{i + 1}\" }})\n", "}\nresource \"docker_container\" \"c\" {\n  image = local.v5.image3\n}\n").WithFew(),
        new("terraform/module-chain", n => [.. Enumerable.Range(0, n).Select(i => new InputFile($"m{i}/main.tf", [$"variable \"image\" {{\n  default = \"nginx:{i}\"\n}}\n{Container(i, "var.image")}module \"m\" {{\n  source = \"../m{i + 1}\"\n  image  = var.image\n}}\n"]))]) { Count = 50 },
        new("terraform/module-variables", n => [new("main.tf", Text(n, "module \"m\" {\n  source = \"./m\"\n", i => $"  v{i} = \"nginx:{i}\"\n", "}\n")), new("m/main.tf", Text(n, "", i => $"variable \"v{i}\" {{}}\n" + Container(i, $"var.v{i}")))]) { Count = 250 },
        new("terraform/outputs", n => [new("main.tf", Text(n, "module \"m\" {\n  source = \"./m\"\n}\n", i => Container(i, $"module.m.v{i}_image"))), new("m/main.tf", Text(n, "", i => $"output \"v{i}_image\" {{\n  value = \"nginx:{i}\"\n}}\n"))]) { Count = 250 },
        new("terraform/module-files", n => [new("main.tf", Text(n, "module \"m\" {\n  source = \"./m\"\n", i => $"  v{i} = \"nginx:{i}\"\n", "}\n")), .. Each(n, i => $"m/f{i}.tf", i => $"variable \"v{i}\" {{}}\n" + Container(i, $"var.v{i}"))]) { Count = 50 },
        Two("terraform/for-expressions", "main.tf", "locals {\n", i => $"  v{i} = [for t in [\"{i}\"] : \"nginx:${{t}}\"]\n", "}\n", i => Container(i, $"local.v{i}[0]")).WithFew(0),
        One("terraform/one-line", "main.tf", "locals { images = [", Comma(i => $"\"nginx:{i}\""), "] }\nresource \"docker_container\" \"c\" {\n  for_each = toset(local.images)\n  image = each.value\n}\n"),
        One("terraform/dynamic", "main.tf", "locals {\n  images = [\n", i => $"    \"nginx:{i}\",\n", "  ]\n}\nresource \"aws_sagemaker_model\" \"m\" {\n  dynamic \"container\" {\n    for_each = local.images\n    content {\n      image = container.value\n    }\n  }\n}\n").WithFew(0),
        Two("terraform/templates", "main.tf", "", i => $"variable \"v{i}\" {{\n  default = \"nginx:{i}\"\n}}\n", "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = jsonencode([\n", i => $"    {{ name = \"c{i}\", image = var.v{i} }},\n", "  ])\n}\n"),
        One("terraform/conditions", "main.tf", "resource \"docker_container\" \"c\" {\n  image = ", i => $"var.x == {i} ? \"nginx:{i}\" : ", "\"nginx:1\"\n}\n").WithFew() with { Count = 10 },
        One("terraform/coalesce", "main.tf", "resource \"docker_container\" \"c\" {\n  image = coalesce(", Comma(i => $"var.v{i}"), ", \"nginx:1\")\n}\n").WithFew(),
    ];
}
