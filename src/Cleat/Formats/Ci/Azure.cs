using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// Azure Pipelines (learn.microsoft.com, "YAML schema reference": resources.containers, jobs.job.container), with the templates that they use by a path. A job's
/// container is an image or the alias of one in <c>resources</c>; each value that an expression may have is judged where it stands. <c>pool.vmImage</c> is a machine.
/// </summary>
internal sealed class Azure
{
    private readonly Document document;
    private readonly AzureFile own;
    private readonly CiFileView view;
    private readonly AzureLists lists;
    private readonly Lazy<HashSet<string>> aliases;
    private bool isGiven;

    private Azure(Document document)
    {
        this.document = document;
        var path = document.Beside.Path ?? "";
        var around = path.Length == 0 ? null : AzureFolder.Around(path, document.Beside);
        own = new(document.Tree, path, around?.Root ?? "");
        view = new(own, new(() => around?.Files));
        lists = new(view);
        aliases = new(() => [.. Callers(own).Cast<AzureFile>().Append(own).SelectMany(f => f.Aliases)]);
    }

    // the last four: what a file gives to a template, or sets, may name an image there
    private static PathSet Paths { get; } = new([.. AzureFile.Images.Paths, "**.parameters.*", "variables.*", "variables[].value", "**.variables[].value"]);

    public static Format Format { get; } = new(
        "azure-pipelines", "Azure Pipelines",
        "azure-pipelines*.yml", "azure-pipelines*.yaml", "azure-pipeline.yml", "azure-pipeline.yaml",
        ".azure-pipelines/**/*.yml", ".azure-pipelines/**/*.yaml", "azure-pipelines/**/*.yml", "azure-pipelines/**/*.yaml", ".azuredevops/**/*.yml", ".azuredevops/**/*.yaml",
        ".azure/pipelines/**/*.yml", ".azure/pipelines/**/*.yaml")
    {
        Paths = Paths,
        Open = Open,
        Where = Where,
    };

    public static Format ByContent { get; } = new("azure-pipelines", "Azure Pipelines, by another name", "*-pipelines.yml", "*-pipelines.yaml")
    {
        Signs = new() { NeverKubernetes = true },
        Recognises = AzureFile.Recognises,
        Paths = Paths,
        Open = Open,
        Where = Where,
    };

    public static Format Template { get; } = new("azure-pipelines", "Azure Pipelines template, used by local path", "*.yml", "*.yaml")
    {
        Signs = new() { NeverKubernetes = true },
        Claims = static (path, beside) => AzureFolder.Around(path, beside) is not null,
        Paths = Paths,
        Open = Open,
        Where = Where,
    };

    private static string Where => string.Join(", ", AzureFile.Images.Paths) + "; values that give one";

    private static Action<Place> Open(Document document) => new Azure(document).Take;

    private void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        if (match.Pattern.EndsWith(".*", StringComparison.Ordinal) && !match.Pattern.EndsWith("services.*", StringComparison.Ordinal) || match.Pattern.EndsWith(".value", StringComparison.Ordinal))
        {
            Given();
        }
        else if (match.Pattern.Contains("*.container", StringComparison.Ordinal) && !match.Pattern.Contains("[].container", StringComparison.Ordinal)
            && !match.Steps.Span[..^1].ToArray().Any(AzureFile.IsInserted))
        {
            // some other key's
        }
        else if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            place.Judge();
        }
        else if (IsAlias(place.Node.Value, match))
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, place.Node.Value, place.Node.Span, "it is the alias of a container in resources"));
        }
        else if (MayBeAlias(place.Node.Value, match))
        {
            sink.Add(DynamicUse.Of(format.Name, match.Steps, place.Node.Value, place.Node.Span, "the pipeline that uses this template may call a container so: write the tag, or the registry"));
        }
        else
        {
            VariableScalar.Add(place, 0, (text, start, choices) => Text(null, choices, own, match, text, start));
        }
    }

    private static bool IsResource(Match match) => match.Steps.StartsWith("resources");

    private bool IsAlias(string name, Match match) => !IsResource(match) && aliases.Value.Contains(name);

    // in a template a bare name says nothing
    private bool MayBeAlias(string name, Match match) =>
        !IsResource(match) && name.AsSpan().IndexOfAny("/:@$") < 0 && match.Steps.Key != "image"
        && !own.IsPipeline && (view.CallsTo(own, null).Count > 0 || document.Format == Template);

    private Assembled Text(IReadOnlySet<CiFile>? through, Choices choices, AzureFile file, Match match, string text, int start)
    {
        var pieces = new AzureValues(view, lists, through, choices).Text(file, match.Steps, text, start, match.Steps);
        if (pieces.Unknown is null && (pieces.Text.Length == 0 || IsAlias(pieces.Text, match)))
        {
            choices.Drop();
        }

        return pieces;
    }

    // what this file gives to templates, and ends an image there
    private void Given()
    {
        if (isGiven)
        {
            return;
        }

        isGiven = true;
        HashSet<CiFile> used = [.. view.Used(AzureFile.Levels), .. Callers(own)];
        HashSet<CiFile> through = [own, .. used];
        foreach (var file in used.OfType<AzureFile>())
        {
            foreach (var match in file.OfCallers)
            {
                var text = file.Tree[match.Node].Value;
                foreach (var pieces in Choices.All(choices => Text(through, choices, file, match, text, 0), text))
                {
                    if (pieces.EndsInValue)
                    {
                        document.Sink.AddOnce(pieces.Use(document.Format.Name, match.Steps, text, default, null));
                    }
                }
            }
        }
    }

    // the files that use a file, and those that use them
    private List<CiFile> Callers(CiFile file)
    {
        List<CiFile> found = [file];
        HashSet<string> seen = [file.Path];
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var call in view.CallsTo(found[i], null))
            {
                if (seen.Add(call.From.Path))
                {
                    found.Add(call.From);
                }
            }
        }

        return found[1..];
    }
}
