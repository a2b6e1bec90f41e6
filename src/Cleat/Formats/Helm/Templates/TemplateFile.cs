using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>One file of templates (pkg.go.dev/text/template), parsed when it is needed: most of a chart has nothing to do with images.</summary>
/// <param name="name">From the root of its chart: <c>templates/pod.yaml</c>.</param>
internal sealed class TemplateFile(string name, SourceText source)
{
    private readonly Lazy<(Node[] Body, Dictionary<string, (Node[] Body, TextSpan Span)> Definitions)> parsed = new(() => TemplateParser.Read(source) ?? ([], []));

    private static readonly Dictionary<string, (Node[] Body, TextSpan Span)> None = [];

    public string Name => name;

    public SourceText Source => source;

    /// <summary>What the file itself says, without its definitions; nothing when it is no template that Go would read.</summary>
    public Node[] Body => parsed.Value.Body;

    /// <summary>What <c>define</c> and <c>block</c> name in it, and where.</summary>
    public IReadOnlyDictionary<string, (Node[] Body, TextSpan Span)> Definitions =>
        source.Span.IndexOf("define"u8) >= 0 || source.Span.IndexOf("block"u8) >= 0 ? parsed.Value.Definitions : None;
}
