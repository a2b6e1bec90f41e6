namespace Cleat.Growth.Inputs;

/// <summary>THE list of inputs. Every format has one with many references, and one with many variables where it has variables.</summary>
internal static partial class GrowthInputs
{
    public static IReadOnlyList<GrowthInput> All { get; } =
        [.. Ci, .. GitLab, .. Apps, .. Docker, .. Scripts, .. Clouds, .. Terraform, .. Nomad, .. Kubernetes, .. Yaml, .. Kustomize, .. Helm, .. Silence, .. Chains, .. Wide, .. Verbs];

    // one file with a list in it
    private static GrowthInput One(string name, string path, string head, Func<int, string> item, string tail = "") =>
        new(name, n => [new(path, Text(n, head, item, tail))]);

    // one file with two lists in it: what is declared, and what uses it
    private static GrowthInput Two(string name, string path, string head, Func<int, string> first, string between, Func<int, string> second, string tail = "") =>
        new(name, n => [new(path, Text(n, head, first, between, second, tail))]);

    private static GrowthInput WithFew(this GrowthInput input, int references = 1) => input with { References = _ => references };

    private static IEnumerable<string> Text(int count, string head, Func<int, string> item, string tail = "") =>
        Enumerable.Range(0, count).Select(item).Prepend(head).Append(tail);

    private static IEnumerable<string> Text(int count, string head, Func<int, string> first, string between, Func<int, string> second, string tail = "") =>
        Text(count, head, first).Concat(Text(count, between, second, tail));

    private static IEnumerable<InputFile> Each(int count, Func<int, string> path, Func<int, string> text) =>
        Enumerable.Range(0, count).Select(i => new InputFile(path(i), [text(i)]));

    // items with commas between them, as JSON wants it
    private static Func<int, string> Comma(Func<int, string> item) => i => (i == 0 ? "" : ",") + item(i);
}
