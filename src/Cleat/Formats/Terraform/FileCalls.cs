using System.Text;
using Cleat.Formats.Aws;
using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Terraform;

/// <summary>
/// Expressions that read a text from a file of the module: <c>file("td.json")</c>, <c>templatefile("td.json.tftpl", {…})</c>, and <c>data.template_file</c>
/// that does so. What stands in that file is judged there; what is put into it is judged where it is given.
/// </summary>
internal sealed class FileCalls(Module module, Surroundings beside)
{
    private const int LongestText = 1 << 20;
    private const int LongestValue = 1 << 10;

    private static readonly string[] Judged = [".json", ".json.tpl", ".json.tmpl", ".tftpl", ".yaml.tpl", ".yml.tpl", ".yaml.tmpl", ".yml.tmpl"];

    /// <summary>The texts that are put into the file where it names images; null when the expression reads no file, or one that is not judged by itself.</summary>
    public IEnumerable<ValueText>? Of(ValueText expression)
    {
        if (expression.Names() is ["data", "template_file", var name, "rendered"])
        {
            foreach (var (file, block) in module.Blocks("data", "template_file", name))
            {
                if (file.Tree.Child(block.Node, "template") is var template and >= 0)
                {
                    return Read(ValueText.Of(file.Tree, template, block.Path.Add("template")), "file", Values.Of(file.Tree, block.Node, ["vars"]).Select(v => new Located(file.Tree, v.Node, block.Path.Add(v.Path))));
                }
            }

            return null;
        }

        return Operation.Arguments(expression, "templatefile") is [_, var given] && NamePath.Structure(given) is { } vars
            ? Read(expression, "templatefile", [new(vars, 0, expression.Path)])
            : Read(expression, "file", []);
    }

    /// <summary>The text that <c>file</c> or <c>templatefile</c> gives, with all that is known put in; null when the expression reads no file, or one that is not for everybody.</summary>
    public SourceText? Filled(ValueText expression, LiteralFinder finder)
    {
        var given = Operation.Arguments(expression, "templatefile") ?? Operation.Arguments(expression, "file");
        if (given is not [var path, ..] || FileOf(path) is not { } file || beside.IsPrivate(module.Folder + file) || beside.Read(module.Folder + file) is not { } text)
        {
            return null;
        }

        if (given is not [_, var vars] || NamePath.Structure(vars) is not { } values)
        {
            return text;
        }

        var filled = text.Slice(new(0, text.Bytes.Length));
        foreach (var (key, value) in values.Entries(0))
        {
            if (filled.Length < LongestText && values[value].Kind == NodeKind.Scalar && finder.TextOf(ValueText.Of(values, value, Steps.Root)) is { Length: < LongestValue } known)
            {
                filled = filled.Replace("${" + values[key].Value + "}", known, StringComparison.Ordinal);
            }
        }

        return new(text.Path, Encoding.UTF8.GetBytes(filled));
    }

    /// <summary>What <c>file("images.json")</c> reads; null when the expression reads none, or one that is not for everybody.</summary>
    /// <param name="folder">That of the module, from the file that is read.</param>
    public static Located? DataOf(ValueText expression, string folder, Surroundings beside) =>
        Operation.Argument(expression, "file") is { } path && FileOf(path) is { } file && !beside.IsPrivate(folder + file) ? beside.Parsed(folder + file, DataFile.Read)?.ReadAt(expression) : null;

    private IEnumerable<ValueText>? Read(ValueText call, string function, IEnumerable<Located> vars)
    {
        if (Operation.Arguments(call, function) is not [var path, ..] || FileOf(path) is not { } file || !Array.Exists(Judged, file.EndsWith) || beside.Read(module.Folder + file) is not { } text || !IsJudged(text))
        {
            return null;
        }

        var names = TaskTemplate.ImageVariables(text);
        return vars.SelectMany(v => names.SelectMany(name => Values.Of(v.Tree, v.Node, [name]).SelectMany(n => Values.Texts(v.Tree, n.Node, v.Path.Add(n.Path)))));
    }

    // a file of JSON is judged when it shows that it is one of containers
    private static bool IsJudged(SourceText text) =>
        !text.Path.EndsWith(".json", StringComparison.Ordinal) || JsonTrees.Read(text, out _).Exists(t => t.Count > 0 && (t.Child(0, "containerDefinitions") >= 0 || AwsFormats.IsContainerList(t)));

    // "td.json", "${path.module}/td.json"
    private static string? FileOf(ValueText path)
    {
        const string here = "${path.module}/";
        var text = path.IsExpression ? null : path.Tree.Source.Slice(path.Span);
        text = text?.StartsWith(here, StringComparison.Ordinal) == true ? text[here.Length..] : text;
        return text is null || text.Contains('$', StringComparison.Ordinal) || text.StartsWith('/') ? null : text;
    }
}
