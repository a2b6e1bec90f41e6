using Cleat.Formats.Hcl;

namespace Cleat.Formats.Bicep;

/// <summary>Functions that read a file when the template is compiled: <c>loadTextContent</c>, <c>loadJsonContent</c>, <c>loadYamlContent</c> (learn.microsoft.com, "File functions for Bicep").</summary>
internal static class LoadCalls
{
    /// <summary>What a call gives; null when it is none of these, or of a file that is not for everybody.</summary>
    public static Located? Of(ValueText expression, Surroundings beside)
    {
        if (Operation.Called(expression) is not ("loadTextContent" or "loadJsonContent" or "loadYamlContent", [{ IsExpression: false, Value: { Length: > 0 } file } path, .. var rest])
            || path.Parts() is not { Count: 0 } || file.StartsWith('/') || beside.IsPrivate(file) || beside.Parsed(file, DataFile.Read)?.ReadAt(expression) is not { } root)
        {
            return null;
        }

        return rest switch
        {
            [] => root,
            [{ IsExpression: false } keys] when Traversal.Read(keys.Value.TrimStart('$', '.')) is { } names =>
                Values.Of(root.Tree, root.Node, names).Select(v => (Located?)(root with { Node = v.Node, Path = v.Path })).FirstOrDefault(),
            _ => null,
        };
    }
}
