using Cleat.Formats.Builds;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Embedded;
using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Compose;

/// <summary>
/// Compose files (compose-spec, 05-services.md, build.md and 12-interpolation.md). <c>build.cache_from</c> is left out: a cache
/// that is not there is no error and selects nothing.
/// </summary>
internal static class ComposeFormat
{
    private const string DockerImage = "docker-image://";
    private const string InMap = "services.*.build.args.*";
    private const string InList = "services.*.build.args[]";

    private static readonly string[] Names =
    [
        "compose*.yaml", "compose*.yml", "docker-compose*.yaml", "docker-compose*.yml", "podman-compose*.yaml", "podman-compose*.yml", "container-compose*.yaml", "container-compose*.yml",
    ];

    private static readonly PathSet Paths = new(
        "services.*.image",
        "services.*.build.dockerfile_inline",
        InMap,
        InList,
        "services.*.build.additional_contexts.*",
        "services.*.build.additional_contexts[]",
        "services.*.volumes[].source");

    /// <summary>Version 1: the services stand at the root.</summary>
    private static readonly PathSet Version1Paths = new("*.image");

    public static IReadOnlyList<Format> All { get; } =
    [
        new("compose", "Compose file, swarm stack", [.. Names, "*.stack.yaml", "*.stack.yml"]) { Requires = ["services"], Paths = Paths, Open = Open },
        new("compose", "Compose file, version 1", Names) { Recognises = tree => tree.Child(0, "services") < 0 && tree.Child(0, "apiVersion") < 0, Paths = Version1Paths, Open = Open },
    ];

    /// <summary>Compose files of any name (<c>stack.yml</c>, what another one includes or extends): all that stands at the root is Compose's own, and a service names what it runs.</summary>
    public static Format ByContent { get; } = new("compose", "Compose file, by its content", "*.yaml", "*.yml", "*.json")
    {
        Signs = new() { Words = ["mage", "dockerfile_inline"], NeverKubernetes = true },
        Requires = ["services"],
        Recognises = IsCompose,
        Paths = Paths,
        Open = Open,
    };

    // compose-spec, 01-status.md to 15-models.md: the elements at the top
    private static bool IsCompose(Tree tree)
    {
        foreach (var (key, _) in tree.Entries(0))
        {
            if (tree[key].Value is not ("name" or "version" or "services" or "networks" or "volumes" or "configs" or "secrets" or "include" or "models") && !tree[key].Value.StartsWith("x-", StringComparison.Ordinal))
            {
                return false;
            }
        }

        var names = false;
        foreach (var (_, value) in tree.Entries(tree.Child(0, "services")))
        {
            var service = tree.Target(value);
            if (tree[service].Kind != NodeKind.Map && !tree.IsNull(service))
            {
                return false;
            }

            names |= tree.Child(service, "image") is var image and >= 0 && tree[image].Kind == NodeKind.Scalar || tree.Child(service, "build") >= 0;
        }

        return names;
    }

    private static Action<Place> Open(Document document)
    {
        var environment = ComposeEnvironment.Of(document.Beside);
        Lazy<ComposeBuilds> built = new(() => new(document.Tree));
        return place =>
        {
            var (uses, first) = (place.Sink.Uses, place.Sink.Uses.Count);
            Take(place, environment);
            for (var i = first; i < uses.Count; i++)
            {
                if (uses[i] is { Verdict: Verdict.Unpinned, Reference: { } image } use && built.Value.Builds(image))
                {
                    uses[i] = ScalarUse.Local(use.Format, use.Steps, use.Text, use.Span, "another service builds it");
                }
            }
        };
    }

    private static void Take(Place place, ComposeEnvironment environment)
    {
        var (tree, match, format, sink, _) = place;
        if (tree[match.Node].Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            // a template's expression is said by the common reader; maps and lists name nothing here
            place.Judge();
            return;
        }

        var value = tree[match.Node].Value;
        Func<int, Func<string, Assembled>> read = start => new Interpolation(start, environment.Lookup, environment.Why).Read;
        var key = match.Steps.Key;
        if (match.Pattern is InMap or InList)
        {
            Argument(place, read);
        }
        else if (key == "dockerfile_inline")
        {
            Inline(tree, match, format, sink);
        }
        else if (key == "source")
        {
            if (tree.Text(match.Holder, "type") == "image")
            {
                VariableScalar.Add(place, 0, read);
            }
        }
        else if (key == "image" && ServiceBuild.IsBuilt(tree, match.Holder, place.Beside))
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, value, tree[match.Node].Span, "the service is built here: this names what it builds"));
        }
        else if (key == "image" && value == "scratch")
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, value, tree[match.Node].Span, "scratch: nothing to start from"));
        }
        else if (key == "image" && string.IsNullOrWhiteSpace(value))
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, value, tree[match.Node].Span, "it is empty: name the image") with { Verdict = Verdict.Malformed });
        }
        else if (key == "image")
        {
            // the shell may set the variable to nothing, and another machine has another .env
            VariableScalar.Add(place, 0, (text, start, choices) => new Interpolation(start, environment.Lookup, environment.Why) { Choices = choices }.Read(text));
        }
        else if (value.IndexOf(DockerImage, StringComparison.Ordinal) is var at and >= 0 && (at == 0 || value[at - 1] == '='))
        {
            VariableScalar.Add(place, at + DockerImage.Length, read);
        }
    }

    // compose-spec, build.md: a map of names to values, or a list of NAME=value
    private static void Argument(Place place, Func<int, Func<string, Assembled>> read)
    {
        var (tree, match) = (place.Tree, place.Match);
        var isList = match.Pattern == InList;
        var equals = isList ? place.Node.Value.IndexOf('=', StringComparison.Ordinal) : -1;
        // the service may merge what is built
        var build = 0;
        foreach (var step in match.Steps.Take(match.Steps.Count - 2).Span)
        {
            build = ServiceBuild.Find(tree, build, step.Key ?? "");
        }

        if (build < 0)
        {
            return;
        }

        var dockerfile = tree.Text(build, "dockerfile_inline") is { } inline
            ? new SourceText("Dockerfile", System.Text.Encoding.UTF8.GetBytes(inline))
            : BuildArgumentPlace.Dockerfile(place.Beside, tree.Text(build, "context"), tree.Text(build, "dockerfile"));
        if (dockerfile is not null && (!isList || equals > 0))
        {
            BuildArgumentPlace.Take(place, dockerfile, isList ? place.Node.Value[..equals] : match.Steps.Key!, equals + 1, read);
        }
    }

    private static void Inline(Tree tree, Match match, Format format, UseSink sink)
    {
        ref readonly var node = ref tree[match.Node];
        var text = System.Text.Encoding.UTF8.GetBytes(node.Value);
        if (EmbeddedText.Align(text, tree.Source.Span, node.Span) is { } map)
        {
            DockerfileFormat.Read(text, map, format.Name, match.Steps.Add(Step.Into), sink);
        }
        else
        {
            sink.Problem(node.Span.Start, "the inline Dockerfile is folded or escaped, so its places cannot be found: write it as a literal block (|)");
        }
    }
}
