using System.Text;
using Cleat.Formats.Helm.Templates;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Tests.Formats.Helm;

/// <summary>What templates render, as far as they are evaluated.</summary>
public sealed class TemplateTests
{
    private const string Values = """
        a: x
        empty: ""
        number: 1.10
        whole: 12
        big: 20240101
        none: null
        yes: true
        list: [one, two]
        map: {b: y, c: {d: z}}
        text: '{{ .Values.a }}!'
        """;

    [Theory]
    [InlineData("{{ .Values.a }}", "x")]
    [InlineData("a {{- .Values.a -}} b", "axb")]
    [InlineData("{{ .Values.nothing }}", "")]
    [InlineData("{{ .Values.number }} {{ .Values.whole }} {{ .Values.big }}", "1.1 12 2.0240101e+07")]
    [InlineData("{{ default \"d\" .Values.empty }}{{ .Values.a | default \"d\" }}", "dx")]
    [InlineData("{{ coalesce .Values.empty .Values.none .Values.a }}", "x")]
    [InlineData("{{ ternary \"t\" \"f\" .Values.yes }}{{ ternary \"t\" \"f\" (eq .Values.a \"y\") }}", "tf")]
    [InlineData("{{ printf \"%s/%s:%v@%d%%\" .Values.a \"b\" .Values.number 7 }}", "x/b:1.1@7%")]
    [InlineData("{{ printf \"%s\" .Values.number }}", "%!s(float64=1.1)")]
    [InlineData("{{ print .Values.a \":\" 1 2 }}", "x:1 2")]
    [InlineData("{{ join \"/\" .Values.list }}{{ list \"a\" \"b\" | join \":\" }}", "one/twoa:b")]
    [InlineData("{{ if .Values.none }}a{{ else if eq .Values.a \"x\" }}b{{ else }}c{{ end }}", "b")]
    [InlineData("{{ with .Values.map.c }}{{ .d }}{{ $.Values.a }}{{ end }}{{ with .Values.none }}no{{ else }}else{{ end }}", "zxelse")]
    [InlineData("{{ range $i, $v := .Values.list }}{{ $i }}{{ $v }}{{ end }}{{ range $k, $v := .Values.map }}{{ $k }}{{ end }}", "0one1twobc")]
    [InlineData("{{ $x := 1 }}{{ if .Values.a }}{{ $x = \"set\" }}{{ end }}{{ $x }}", "set")]
    [InlineData("{{ define \"f\" }}{{ .p }}-{{ .q.a }}{{ end }}{{ include \"f\" (dict \"p\" \"v\" \"q\" .Values) | quote }}", "\"v-x\"")]
    [InlineData("{{ tpl .Values.text . }}", "x!")]
    [InlineData("{{ trimPrefix \"v\" \"v1\" }}{{ trimSuffix \"-x\" \"1-x\" }}{{ replace \".\" \"-\" \"1.2\" }}{{ trunc 2 \"abc\" }}{{ upper \"a\" }}", "111-2abA")]
    [InlineData("{{ hasPrefix \"sha256:\" \"sha256:1\" }}{{ contains \"/\" .Values.a }}{{ hasKey .Values.map \"b\" }}{{ get .Values.map \"b\" }}", "truefalsetruey")]
    [InlineData("{{ index .Values.map \"c\" \"d\" }}{{ index .Values.list 1 }}{{ dig \"c\" \"e\" \"none\" .Values.map }}", "ztwonone")]
    [InlineData("{{ semverCompare \">=1.2\" \"v1.3.0\" }}{{ semverCompare \"<1.2\" \"1.2.0\" }}{{ semverCompare \"^1.2\" \"2.0.0\" }}", "truefalsefalse")]
    [InlineData("{{ (merge (dict \"b\" \"first\") .Values.map).b }}{{ (mergeOverwrite (dict \"b\" \"first\") .Values.map).b }}", "firsty")]
    [InlineData("{{ and .Values.a .Values.empty | quote }}{{ or .Values.empty .Values.a }}{{ not .Values.yes }}{{ empty .Values.empty }}", "\"\"xfalsetrue")]
    [InlineData("{{ toYaml .Values.map | nindent 2 }}", "\n  b: \"y\"\n  c:\n    d: z")]
    [InlineData("{{ required \"say it\" .Values.a }}{{ (.Values.nothing).deep }}", "x")]
    [InlineData("{{/* a comment }} */}}{{ .Chart.AppVersion }}", "2.0")]
    public void It_is_rendered_as_Go_does(string template, string text) => Assert.Equal(text, Render(template).Main.Text);

    [Theory]
    [InlineData("{{ regexReplaceAll \"a\" .Values.a \"b\" }}")]
    [InlineData("{{ include \"elsewhere\" . }}")]
    [InlineData("{{ .Capabilities.KubeVersion.Version }}")]
    [InlineData("{{ if .Capabilities.APIVersions.Has \"v1\" }}a{{ else }}b{{ end }}")]
    [InlineData("{{ default \"a\" .Release.Name }}")]
    [InlineData("{{ .Files.Get \"a\" | upper }}")]
    [InlineData("{{ \"open }}")]
    [InlineData("{{ ( }}")]
    public void What_is_not_known_is_opaque(string template) => Assert.Contains(Render(template).Main.Pieces, p => p.IsOpaque);

    [Theory]
    [InlineData("{{ semverCompare \">=1.2\" \"1.0@sha256:0\" }}")]
    [InlineData("{{ .Values.nothing.deep }}")]
    [InlineData("{{ fail \"no\" }}")]
    [InlineData("{{ $unknown }}")]
    public void What_Helm_would_stop_at_is_said(string template) => Assert.NotEmpty(Render(template).Failures);

    [Theory]
    [InlineData("{{ define \"f\" }}{{ include \"f\" . }}{{ include \"f\" . }}{{ end }}{{ include \"f\" . }}")]
    [InlineData("{{ define \"f\" }}{{ range (list 1 2 3 4 5 6 7 8 9 10) }}{{ include \"f\" . }}{{ end }}{{ end }}{{ include \"f\" . }}")]
    [InlineData("{{ range 999 }}{{ range 999 }}{{ range 999 }}long long text{{ end }}{{ end }}{{ end }}")]
    [InlineData("{{ define \"f\" }}{{ if .Values.none }}{{ include \"f\" . }}{{ else }}{{ include \"f\" . }}{{ end }}{{ end }}{{ include \"f\" . }}")]
    public void A_hostile_template_ends(string template) => Assert.NotNull(Render(template));

    [Theory]
    [InlineData("{{ if }}")]
    [InlineData("{{ if .a }}no end")]
    [InlineData("{{ end }}")]
    public void What_is_no_template_renders_nothing(string template) => Assert.Equal("", Render(template).Main.Text);

    private static Rendered Render(string template)
    {
        TemplateFile file = new("templates/a.yaml", new("a.yaml", Encoding.UTF8.GetBytes(template)));
        SourceText source = new("values.yaml", Encoding.UTF8.GetBytes(Values));
        var tree = TreeReading.Read(source, new TextSpan(0, source.Bytes.Length), TreeSyntax.Yaml, out _)[0];
        Value.Map root = new(new(StringComparer.Ordinal)
        {
            ["Values"] = ValuesTree.Of(tree, 0, isJudged: true),
            ["Chart"] = new Value.Map(new(StringComparer.Ordinal) { ["AppVersion"] = Value.Of("2.0") }),
            ["Release"] = new Value.Map(new(StringComparer.Ordinal) { ["Name"] = new Value.Opaque(".Release.Name") }),
            ["Capabilities"] = new Value.Opaque(".Capabilities"),
            ["Files"] = new Value.Opaque(".Files"),
        });
        Definitions definitions = new();
        definitions.Add(file);
        return Evaluator.Render(file, root, definitions);
    }
}
