namespace Cleat.Cli.Verbs;

/// <summary>A file that lets a CI system check each change.</summary>
internal static class NewPipeline
{
    /// <param name="system">Null or <c>none</c> for no file.</param>
    /// <param name="baseline">A baseline that the check is to know; null for none.</param>
    public static (string Path, string Text)? Of(string? system, string? baseline) => system switch
    {
        "github" => (".github/workflows/cleat.yml", GitHub(baseline)),
        "gitlab" => ("cleat.gitlab-ci.yml", GitLab(baseline)),
        _ => null,
    };

    private static string GitHub(string? baseline) => $"""
        # Checks that every container image is selected by its digest. {Docs.Pages}/pipelines
        # COMMIT: the 40 digits on the page of a release of cleat; an action is named by its commit, as an image by its digest
        name: Images
        on:
          pull_request:
          push:
            branches: [main]
        permissions: {"{}"}
        jobs:
          cleat:
            runs-on: ubuntu-24.04
            permissions:
              contents: read
            steps:
              - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
                with:
                  persist-credentials: false
              - uses: cleat-dev/cleat@COMMIT
        {(baseline is null ? "" : $"        with:\n          arguments: --baseline {baseline}\n")}
        """;

    private static string GitLab(string? baseline) => $"""
        # Checks that every container image is selected by its digest: include: [{"{"} local: cleat.gitlab-ci.yml {"}"}] in .gitlab-ci.yml. {Docs.Pages}/pipelines
        # CLEAT_IMAGE: a variable of the project with the image of cleat by its digest
        cleat:
          image:
            name: $CLEAT_IMAGE
            entrypoint: [""]
          script:
            - cleat check --format gitlab --output gl-code-quality-report.json --exit-zero{(baseline is null ? "" : $" --baseline {baseline}")}
            - cleat check{(baseline is null ? "" : $" --baseline {baseline}")}
          artifacts:
            when: always
            reports:
              codequality: gl-code-quality-report.json

        """;
}
