namespace Cleat.Formats.Helm.Templates;

/// <summary>What is defined in the templates of a chart, of those in it, and of the library charts that are known.</summary>
internal sealed class Definitions
{
    private readonly Dictionary<string, Definition> all = new(StringComparer.Ordinal);

    public Definition? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>Of two with one name the later one counts.</summary>
    public void Add(TemplateFile file)
    {
        foreach (var definition in file.Definitions)
        {
            all[definition.Name] = definition;
        }
    }
}
