using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>What <c>define</c> or <c>block</c> names.</summary>
/// <param name="Span">From its first action to its last.</param>
internal sealed record Definition(TemplateFile Template, string Name, TextSpan Span)
{
    public Node[] Body => Template.Body(Name);

    /// <summary>As <see cref="TemplateFile.Images"/>.</summary>
    public Node[] Images => Template.ImagesOf(Name);
}

/// <summary>One file of templates (pkg.go.dev/text/template), parsed when it is needed: most of a chart has nothing to do with images.</summary>
/// <param name="name">From the root of its chart: <c>templates/pod.yaml</c>.</param>
/// <param name="signs">What tells in <see cref="Images"/> what may name an image; null when all may.</param>
internal sealed class TemplateFile(string name, SourceText source, ImageSigns? signs = null)
{
    private static readonly Dictionary<string, (Node[] Body, TextSpan Span)> None = [];

    private readonly Lazy<(Node[] Body, Dictionary<string, (Node[] Body, TextSpan Span)> Definitions)> whole = new(() => TemplateParser.Read(source) ?? ([], None));
    private readonly Lazy<(Node[] Body, Dictionary<string, (Node[] Body, TextSpan Span)> Definitions)> images = new(() => TemplateParser.Read(source, signs) ?? ([], None));

    public string Name => name;

    public SourceText Source => source;

    /// <summary>What the file itself says, without its definitions; nothing when its blocks are not those of a template that Go would read.</summary>
    public Node[] Whole => whole.Value.Body;

    /// <summary>The same with only the text that may name images.</summary>
    public Node[] Images => images.Value.Body;

    /// <summary>What is defined in it.</summary>
    public IEnumerable<Definition> Definitions =>
        source.Span.IndexOf("define"u8) >= 0 || source.Span.IndexOf("block"u8) >= 0 ? images.Value.Definitions.Select(d => new Definition(this, d.Key, d.Value.Span)) : [];

    public Node[] Body(string definition) => whole.Value.Definitions.GetValueOrDefault(definition).Body ?? [];

    public Node[] ImagesOf(string definition) => images.Value.Definitions[definition].Body;
}
