using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>A literal in a file of a pipeline.</summary>
internal readonly record struct AzureValue(AzureFile File, int Node, Steps Path);

/// <summary>The variables and parameters that the files of a pipeline list, and the legs of their matrices, each read once for a document.</summary>
internal sealed class AzureLists(CiFileView view)
{
    private const string Variables = "variables";
    private const string Parameters = "parameters";

    private readonly Dictionary<(AzureFile, int), Dictionary<string, AzureValue>> byName = [];
    private readonly Dictionary<AzureFile, Dictionary<string, List<AzureValue>>> parameters = [];
    private readonly Dictionary<(AzureFile, int), AzureMatrix> matrices = [];

    /// <summary>The literals of a map of values, or of a list of <c>{ name, value }</c> with templates between.</summary>
    /// <param name="field">The key of the value.</param>
    public Dictionary<string, AzureValue> Named(AzureFile file, int list, Steps path, string field)
    {
        if (byName.TryGetValue((file, list), out var read))
        {
            return read;
        }

        var tree = file.Tree;
        Dictionary<string, AzureValue> found = byName[(file, list)] = new(StringComparer.Ordinal);
        foreach (var (key, value) in tree.Entries(list))
        {
            found.TryAdd(tree[key].Value, new(file, tree.Target(value), path.Add(tree[key].Value)));
        }

        var calls = file.Calls.GroupBy(c => c.Steps.Parent).ToDictionary(g => g.Key, g => g.First());
        var index = 0;
        foreach (var item in tree.Items(list))
        {
            var at = path.Add(index++);
            if (tree.Text(tree.Target(item), "name") is { } name)
            {
                if (tree.Child(item, field) is var value and >= 0)
                {
                    found[name] = new(file, value, at.Add(field));
                }
            }
            else if (tree.Child(item, "template") >= 0 && calls.GetValueOrDefault(at) is { } call
                && view.Find(call.To) is AzureFile other && other != file && other.Tree.Child(0, Variables) is var inner and >= 0)
            {
                foreach (var (variable, known) in Named(other, inner, Steps.Of(Variables), "value"))
                {
                    found[variable] = known;
                }
            }
        }

        return found;
    }

    /// <summary>What the file itself lets a parameter be: its default and its <c>values</c>.</summary>
    public IReadOnlyList<AzureValue> Parameter(AzureFile file, string name)
    {
        if (!parameters.TryGetValue(file, out var known))
        {
            parameters[file] = known = ReadParameters(file);
        }

        return known.GetValueOrDefault(name) ?? [];
    }

    /// <summary>The matrix of what stands at a node.</summary>
    public AzureMatrix Matrix(AzureFile file, int holder)
    {
        if (!matrices.TryGetValue((file, holder), out var known))
        {
            matrices[(file, holder)] = known = new(file.Tree, file.Tree.Child(file.Tree.Child(holder, "strategy"), "matrix"));
        }

        return known;
    }

    private Dictionary<string, List<AzureValue>> ReadParameters(AzureFile file)
    {
        var tree = file.Tree;
        var list = tree.Child(0, Parameters);
        Dictionary<string, List<AzureValue>> found = new(StringComparer.Ordinal);
        foreach (var (name, value) in list < 0 ? [] : Named(file, list, Steps.Of(Parameters), "default"))
        {
            found[name] = [value];
        }

        var index = 0;
        foreach (var item in tree.Items(list))
        {
            if (tree.Text(tree.Target(item), "name") is { } name)
            {
                var number = 0;
                foreach (var value in tree.Items(tree.Child(item, "values")))
                {
                    found.TryAdd(name, []);
                    found[name].Add(new(file, tree.Target(value), Steps.Of(Parameters, index, "values", number++)));
                }
            }

            index++;
        }

        return found;
    }
}
