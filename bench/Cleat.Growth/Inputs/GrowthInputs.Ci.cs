namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string Workflow = ".github/workflows/ci.yml";

    private static IEnumerable<GrowthInput> Ci =>
    [
        One("github-actions", Workflow, "on: push\njobs:\n", i => $"  job{i}:\n    container: node:{i}\n") with { Within = 1 },
        One("github-actions/matrices", Workflow, "on: push\njobs:\n", i => $"  job{i}:\n    strategy: {{matrix: {{image: [\"node:{i}\"]}}}}\n    container: ${{{{ matrix.image }}}}\n") with { Within = 1 },
        One("github-actions/matrix", Workflow, "on: push\njobs:\n  job:\n    container: ${{ matrix.image }}\n    strategy:\n      matrix:\n        image:\n", i => $"          - node:{i}\n"),
        Two("github-actions/inputs", Workflow, "on:\n  workflow_call:\n    inputs:\n", i => $"      image{i}: {{type: string, default: \"node:{i}\"}}\n", "jobs:\n", i => $"  job{i}:\n    container: ${{{{ inputs.image{i} }}}}\n"),
        One("github-action", "action.yml", "runs:\n  using: composite\n  steps:\n", i => $"    - uses: docker://node:{i}\n"),

        One("circleci", ".circleci/config.yml", "version: 2.1\njobs:\n", i => $"  job{i}:\n    docker:\n      - image: node:{i}\n"),
        Two("circleci/parameters", ".circleci/config.yml", "version: 2.1\nparameters:\n", i => $"  v{i}: {{type: string, default: \"node:{i}\"}}\n", "jobs:\n", i => $"  job{i}:\n    docker:\n      - image: << pipeline.parameters.v{i} >>\n"),
        One("circleci/job-parameters", ".circleci/config.yml", "version: 2.1\njobs:\n", i => $"  job{i}:\n    parameters:\n      tag: {{type: string, default: \"{i}\"}}\n    docker:\n      - image: node:<< parameters.tag >>\n"),

        One("azure-pipelines", "azure-pipelines.yml", "resources:\n  containers:\n", i => $"    - container: c{i}\n      image: node:{i}\n"),
        Two("azure-pipelines/aliases", "azure-pipelines.yml", "resources:\n  containers:\n", i => $"    - container: c{i}\n      image: node:{i}\n", "jobs:\n", i => $"  - job: j{i}\n    container: c{i}\n"),
        Two("azure-pipelines/variables", "azure-pipelines.yml", "variables:\n", i => $"  - name: v{i}\n    value: node:{i}\n", "jobs:\n", i => $"  - job: j{i}\n    container: $(v{i})\n"),
        Two("azure-pipelines/variable-map", "azure-pipelines.yml", "variables:\n", i => $"  v{i}: node:{i}\n", "jobs:\n", i => $"  - job: j{i}\n    container: $(v{i})\n"),
        Two("azure-pipelines/parameters", "azure-pipelines.yml", "parameters:\n", i => $"  - name: p{i}\n    default: node:{i}\n", "jobs:\n", i => $"  - job: j{i}\n    container: ${{{{ parameters.p{i} }}}}\n"),

        One("bitbucket", "bitbucket-pipelines.yml", "pipelines:\n  default:\n", i => $"    - step:\n        image: node:{i}\n"),
        One("prow", "jobs.yaml", "periodics:\n", i => $"  - name: j{i}\n    spec:\n      containers:\n        - image: node:{i}\n"),
        One("drone", ".drone.yml", "kind: pipeline\nsteps:\n", i => $"  - name: s{i}\n    image: node:{i}\n"),
        One("woodpecker", ".woodpecker.yml", "steps:\n", i => $"  s{i}:\n    image: node:{i}\n"),
        One("vela", ".vela.yml", "version: \"1\"\nsteps:\n", i => $"  - name: s{i}\n    image: node:{i}\n"),
        One("cloud-build", "cloudbuild.yaml", "steps:\n", i => $"  - name: node:{i}\n"),
        Two("cloud-build/substitutions", "cloudbuild.yaml", "steps:\n", i => $"  - name: node:$_V{i}\n", "substitutions:\n", i => $"  _V{i}: '{i}'\n"),
        One("buildkite", ".buildkite/pipeline.yml", "steps:\n", i => $"  - command: x\n    plugins:\n      - docker#v5.11.0:\n          image: node:{i}\n"),
        Two("buildkite/env", ".buildkite/pipeline.yml", "env:\n", i => $"  V{i}: \"{i}\"\n", "steps:\n", i => $"  - command: x\n    plugins:\n      - docker#v5.11.0:\n          image: node:$V{i}\n"),
        One("semaphore", ".semaphore/semaphore.yml", "version: v1.0\nblocks:\n", i => $"  - task:\n      agent:\n        containers:\n          - image: node:{i}\n"),
        One("codefresh", "codefresh.yml", "version: \"1.0\"\nsteps:\n", i => $"  s{i}:\n    image: node:{i}\n"),
        One("screwdriver", "screwdriver.yaml", "jobs:\n", i => $"  j{i}:\n    image: node:{i}\n"),
        One("concourse", "ci/pipeline.yml", "jobs: []\nresources:\n", i => $"  - name: r{i}\n    type: registry-image\n    source: {{repository: node, tag: \"{i}\"}}\n"),
        One("pre-commit", ".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks:\n", i => $"      - id: h{i}\n        language: docker_image\n        entry: node:{i} --all\n"),
    ];

    private static IEnumerable<GrowthInput> GitLab =>
    [
        One("gitlab-ci", ".gitlab-ci.yml", "", i => $"job{i}:\n  image: node:{i}\n"),
        Two("gitlab-ci/variables", ".gitlab-ci.yml", "variables:\n", i => $"  V{i}: node:{i}\n", "", i => $"job{i}:\n  image: $V{i}\n"),
        One("gitlab-ci/job-variables", ".gitlab-ci.yml", "", i => $"job{i}:\n  variables: {{V: \"node:{i}\"}}\n  image: $V\n"),
        One("gitlab-ci/extends-chain", ".gitlab-ci.yml", ".job0:\n  variables: {V: \"node:1\"}\n", i => $".job{i + 1}:\n  extends: .job{i}\njob{i}:\n  extends: .job{i + 1}\n  image: $V\n").WithFew() with { Count = 100, Within = 1 },
        One("gitlab-ci/extended", ".gitlab-ci.yml", ".base:\n  image: $V\n", i => $"job{i}:\n  extends: .base\n  variables: {{V: \"node:{i}\"}}\n"),
        One("gitlab-ci/many-bases", ".gitlab-ci.yml", "", i => $".base{i}:\n  image: $V\njob{i}:\n  extends: .base{i}\n  variables: {{V: \"node:{i}\"}}\n"),
        new("gitlab-ci/includes", n => [new(".gitlab-ci.yml", Text(n, "include:\n  - local: /ci/*.yml\nvariables:\n", i => $"  V{i}: node:{i}\n")), .. Each(n, i => $"ci/job{i}.yml", i => $"job{i}:\n  image: $V{i}\n")]) { Count = 50 },
    ];
}
