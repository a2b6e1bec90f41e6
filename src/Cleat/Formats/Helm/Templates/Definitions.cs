namespace Cleat.Formats.Helm.Templates;

/// <summary>What is defined in the templates of a chart, of those in it, and of the library charts that are known.</summary>
internal sealed class Definitions
{
    private static readonly string[] Images = ["mage", "MAGE"];
    private static readonly string[] Printing = [.. Images, "toYaml", "toJson", "tpl", "range"];

    private readonly Dictionary<string, Definition> all = new(StringComparer.Ordinal);
    private readonly Mentions images;
    private readonly Mentions printing;

    public Definitions()
    {
        images = new(this, Images);
        printing = new(this, Printing);
    }

    public Definition? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>Of two with one name the later one counts.</summary>
    public void Add(TemplateFile file)
    {
        foreach (var definition in file.Definitions)
        {
            all[definition.Name] = definition;
        }
    }

    /// <summary>Whether a definition says anything of images, if what it is given says nothing of them.</summary>
    /// <param name="isOfRoot">It is given all values: one that prints maps or loops over lists of them may find an image there.</param>
    public bool MayNameImage(string name, bool isOfRoot) => (isOfRoot ? printing : images).InDefinition(name);
}
