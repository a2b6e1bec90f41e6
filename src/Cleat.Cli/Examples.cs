namespace Cleat.Cli;

/// <summary>The worked examples under each command's help.</summary>
internal static class Examples
{
    public static string Of(string verb) => verb switch
    {
        "check" => """
            Examples:
              cleat check                          everything below this folder
              cleat check k8s compose.yaml         a folder and a file
              cleat check --format sarif -o cleat.sarif
              kustomize build . | cleat check - --stdin-name all.yaml
              cleat check --since origin/main      only what this branch adds
              cleat check --write-baseline cleat-baseline.json
              cleat check --baseline cleat-baseline.json

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be read.
            """,
        "list" => """
            Examples:
              cleat list                           an inventory of this folder
              cleat list --format json | jq -r '.references[] | select(.verdict == "unpinned") | .text'
            """,
        "pin" => """
            Examples:
              cleat pin --diff                     what would change, as a patch; writes nothing
              cleat pin k8s/web.yaml               nginx:1.27 becomes nginx:1.27@sha256:…
              cleat pin --style digest             nginx@sha256:…
              cleat pin --diff -o pins.patch
              cleat pin --check                    exit 1 when something is still to be pinned
              cleat pin --from ./layout            digests from an OCI layout folder, no registry asked
              cleat pin --lock cleat.lock          what the lock has is taken from it, the rest is added to it
              cleat pin --lock cleat.lock --offline
              cleat pin - --stdin-name web.yaml < web.yaml > pinned.yaml

            Exit codes: 0 done, 1 changes would be made (--diff, --check), 2 wrong command line,
            3 something could not be read, resolved or written.
            """,
        "update" => """
            Examples:
              cleat update --diff                  which tags moved, as a patch; writes nothing
              cleat update --min-age 3d            leave what was pushed in the last three days
              cleat update --only ghcr.io/owner --skip ghcr.io/owner/legacy
              cleat update --platforms-in-use linux/amd64,linux/arm64 --summary pull-request.md
              cleat update --lock cleat.lock

            Exit codes: as cleat pin.
            """,
        "verify" => """
            Examples:
              cleat verify                         do the pinned digests exist, do their tags still mean them?
              cleat verify --format sarif -o cleat.sarif
              cleat verify --require-signature --cosign-key release.pub

            Exit codes: as cleat check.
            """,
        "unpin" => """
            Examples:
              cleat unpin --diff
              cleat unpin k8s/web.yaml             nginx:1.27@sha256:… becomes nginx:1.27
            """,
        "resolve" => """
            Examples:
              cleat resolve nginx:1.27
              cleat resolve --platform linux/arm64 ghcr.io/owner/app:v2
              cleat resolve --format json nginx alpine:3.20
              cleat resolve --all-platforms nginx:1.27
              cleat resolve - < references.txt
            """,
        "docker" => """
            Examples:
              cleat docker                         what this machine's engine runs
              cleat docker --context prod --format html -o runs.html
              cleat docker --registry              and does each tag still mean what runs?
              cleat docker pin                     the commands that pin it, to read and to run
              cleat docker pin --apply             swarm services are updated at once

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be seen.
            """,
        "cluster" => """
            Examples:
              cleat cluster                        the current context's namespace
              cleat cluster -A --registry          all of it, and does each tag still mean what runs?
              cleat cluster -n shop -l app=web --format json
              cleat cluster pin                    the commands that pin it, to read and to run
              cleat cluster pin --apply            tried first by the server, then done
              cleat cluster pin --source ./deploy  the manifests that made it, in place of the cluster

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be seen.
            """,
        "explain" => """
            Examples:
              cleat explain unpinned-image         why the rule exists and how to fix it
              cleat explain nginx:1.27             how a reference is read, part by part, and who would be asked
            """,
        "formats" => """
            Examples:
              cleat formats                        every format, its files and places
              cleat formats --format json | jq -r '.[] | select(.optIn) | .name'
            """,
        "schema" => """
            Examples:
              cleat schema > .cleat.schema.json
              # and in .cleat.yaml, for editors with the YAML language server:
              # yaml-language-server: $schema=.cleat.schema.json
            """,
        _ => """
            Examples:
              cleat check                          what is not pinned below this folder?
              cleat pin --diff                     what would pinning change?
              cleat pin                            pin it
              cleat explain unpinned-image

            Exit codes: 0 done, 1 findings or changes to be made, 2 wrong command line, 3 not done whole.
            """,
    };
}
