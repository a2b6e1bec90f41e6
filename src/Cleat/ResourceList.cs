using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat;

/// <summary>What a KRM function says of one place (config.kubernetes.io/v1 ResourceList, <c>results</c>).</summary>
/// <param name="Finding">Where; null for what is said of the whole.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Proposed">What it is, or should be, written as; null when that is not known.</param>
public sealed record FunctionResult(Finding? Finding, string Severity, string Message, string? Proposed = null);

/// <summary>
/// The input of a KRM function, and its output: the same bytes with the digests in them, so that comments, order and every annotation stay, and with <c>results</c> at the end. What its
/// <c>functionConfig</c> holds is judged by nobody.
/// </summary>
public sealed class ResourceList
{
    private const string Name = "resources.yaml";

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Tree tree;
    private readonly TreeOptions options;

    private ResourceList(Tree tree, TreeOptions options) => (this.tree, this.options) = (tree, options);

    /// <summary>Reads the list that an orchestrator gives.</summary>
    /// <param name="text">Not copied: it must not change.</param>
    /// <exception cref="CleatException">It is none.</exception>
    public static ResourceList Read(ReadOnlyMemory<byte> text, TreeOptions? options = null)
    {
        SourceText source = new(Name, text);
        var trees = TreeReading.Read(source, TextSpan.FromBounds(source.BomLength, text.Length), TreeSyntax.Yaml, out var problem);
        return problem is not null ? throw new CleatException($"standard input:{source.Position(problem.Offset)}: {problem.Message}")
            : trees is not [var tree] || tree.Text(0, "kind") != "ResourceList" || tree.Text(0, "apiVersion")?.StartsWith("config.kubernetes.io/", StringComparison.Ordinal) != true
            ? throw new CleatException("standard input is no ResourceList of config.kubernetes.io/v1: kustomize and kpt write one, when they run this as a function")
            : new(tree, options ?? new());
    }

    /// <summary>A value of the function's config, from <c>data</c> (a ConfigMap's) or <c>spec</c>; null when it is not given.</summary>
    public string? Setting(string key)
    {
        var config = tree.Child(0, "functionConfig");
        return new[] { "data", "spec" }.Select(part => tree.Child(config, part)).Where(at => at >= 0).Select(at => tree.Text(at, key)).FirstOrDefault(value => value is not null);
    }

    /// <summary>Judges every item.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Report Judge(CancellationToken cancellation = default)
    {
        var report = ImageTree.OfText(Name, tree.Source.Bytes, options).Judge(cancellation);
        return report with { Findings = [.. report.Findings.Where(f => f.Use.Steps is { Count: > 2 } steps && steps[0].Key == "items" && steps[1].IsItem)] };
    }

    /// <summary>The list as the function gives it back.</summary>
    /// <param name="plan">What was planned from <see cref="Judge"/>; null to change nothing.</param>
    /// <exception cref="CleatException">It has results of another function already.</exception>
    public byte[] Write(PinPlan? plan, IReadOnlyList<FunctionResult> results)
    {
        var source = plan is { Changes: [var change, ..] } ? new SourceText(Name, change.NewText) : tree.Source;
        if (results.Count == 0)
        {
            return source.Bytes.ToArray();
        }

        if (tree.Child(0, "results") is >= 0 and var there && !tree.IsNull(there) && tree.ItemAt(there, 0) >= 0)
        {
            throw new CleatException("standard input has results already: they are written by functions, not read");
        }

        var text = source.Bytes.Span.TrimEnd(" \t\r\n"u8);
        var lines = results.Select(r => Json(r));
        var isFlow = text[^1] == '}' && source.Span[tree[0].Span.Start] == '{';
        var added = isFlow ? $",\"results\":[{string.Join(",", lines)}]}}\n" : $"\nresults:\n{string.Concat(lines.Select(l => $"- {l}\n"))}";
        return [.. isFlow ? text[..^1] : text, .. Encoding.UTF8.GetBytes(added)];
    }

    private string Json(FunctionResult result)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new() { Encoder = OneLine.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("message", result.Message);
            json.WriteString("severity", result.Severity);
            if (result.Finding is { } finding)
            {
                WritePlace(json, finding, result.Proposed);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void WritePlace(Utf8JsonWriter json, Finding finding, string? proposed)
    {
        var item = tree.Find(finding.Use.Steps.Take(2));
        var metadata = tree.Child(item, "metadata");
        if (tree.Text(item, "apiVersion") is { } version && tree.Text(item, "kind") is { } kind && tree.Text(metadata, "name") is { } name)
        {
            json.WriteStartObject("resourceRef");
            json.WriteString("apiVersion", version);
            json.WriteString("kind", kind);
            json.WriteString("name", name);
            if (tree.Text(metadata, "namespace") is { } space)
            {
                json.WriteString("namespace", space);
            }

            json.WriteEndObject();
            json.WriteStartObject("field");
            json.WriteString("path", finding.Use.Steps.Skip(2).ToString());
            json.WriteString("currentValue", finding.Use.Text);
            if (proposed is not null)
            {
                json.WriteString("proposedValue", proposed);
            }

            json.WriteEndObject();
        }

        var annotations = tree.Child(metadata, "annotations");
        if ((tree.Text(annotations, "internal.config.kubernetes.io/path") ?? tree.Text(annotations, "config.kubernetes.io/path")) is { } path)
        {
            json.WriteStartObject("file");
            json.WriteString("path", path);
            if (int.TryParse(tree.Text(annotations, "internal.config.kubernetes.io/index") ?? tree.Text(annotations, "config.kubernetes.io/index"), out var index) && index > 0)
            {
                json.WriteNumber("index", index);
            }

            json.WriteEndObject();
        }
    }
}
