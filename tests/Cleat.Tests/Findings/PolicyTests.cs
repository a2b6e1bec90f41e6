using Cleat.References;
using Cleat.Tests.References;
using Cleat.Uses;
using CsCheck;

namespace Cleat.Tests.Findings;

public sealed class PolicyTests
{
    private const string Good = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx@" + Good)]
    [InlineData("nginx:1.27@" + Good)]
    [InlineData("h:5000/a/b@sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    // the digest is fixed, whatever the variable holds
    [InlineData("${REG}/app@" + Good)]
    [InlineData("$REG/app:1@" + Good)]
    [InlineData("nginx:${TAG:-a@b}@" + Good)]
    [InlineData("{{ .Values.image }}@" + Good)]
    [InlineData("{{ if .a }}x{{ else }}y{{ end }}@" + Good)]
    [InlineData("${{ inputs.image }}@" + Good)]
    public void Pinned(string text) => Judged(text, Verdict.Pinned, null);

    [Theory]
    [InlineData("nginx")]
    [InlineData("nginx:1.27")]
    [InlineData("localhost:5000/nginx")]
    public void Unpinned(string text) => Judged(text, Verdict.Unpinned, null);

    [Theory]
    [InlineData("nginx@sha256:123456", "has 6 hex digits: sha256 has 64")]
    [InlineData("nginx@" + Good + "0", "has 65 hex digits")]
    [InlineData("nginx@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "upper-case")]
    [InlineData("nginx@a:b", "unknown algorithm 'a'")]
    [InlineData("a@b@" + Good, "two '@'")]
    [InlineData("nginx:@" + Good, "tag behind ':' is empty")]
    [InlineData("ngin\u0445@" + Good, "U+0445")]
    [InlineData("Nginx", "lower case")]
    [InlineData("nginx$", "'$'")]
    [InlineData("nginx:$-1", "'$'")]
    [InlineData("nginx:#1", "'#'")]
    [InlineData("{IMAGE}", "'{'")]
    // no value of the variable can mend these
    [InlineData("${X}@sha256:123", "has 3 hex digits")]
    [InlineData("$X@latest", "no algorithm")]
    [InlineData("{{ .Values.image }}@sha256:123", "has 3 hex digits")]
    [InlineData("${X}@", "digest is empty")]
    [InlineData("${X}@a@" + Good, "two '@'")]
    [InlineData("nginx $X", "a space")]
    [InlineData("$X\n", "a line break")]
    [InlineData("$X\u0445", "U+0445")]
    [InlineData("nginx:${TAG", "'${' is not closed")]
    [InlineData("nginx:$(tag", "'$(' is not closed")]
    [InlineData("{{ .Values.image", "'{{' is not closed")]
    public void Malformed(string text, string problem) => Judged(text, Verdict.Malformed, problem);

    [Theory]
    [InlineData("$IMAGE", "$IMAGE")]
    [InlineData("nginx:$TAG-alpine", "$TAG")]
    [InlineData("${X}", "${X}")]
    [InlineData("nginx:${TAG:-${OTHER}}-alpine", "${TAG:-${OTHER}}")]
    [InlineData("$(params.image)", "$(params.image)")]
    [InlineData("$[variables.image]", "$[variables.image]")]
    [InlineData("{{ .Values.image }}", "{{ .Values.image }}")]
    [InlineData("{{ .Values.a }}:{{ .Values.b }}", "{{ .Values.a }}")]
    [InlineData("${{ inputs.x }}", "${{ inputs.x }}")]
    [InlineData("<% image %>", "<% image %>")]
    [InlineData("<< parameters.image >>", "<< parameters.image >>")]
    [InlineData("#{image}", "#{image}")]
    [InlineData("%{ if a }b%{ endif }", "%{ if a }")]
    [InlineData("((image))", "((image))")]
    [InlineData("$A/{{ b }}", "$A")]
    // the digest itself is not all there
    [InlineData("nginx@${DIGEST}", "${DIGEST}")]
    [InlineData("nginx:1.27@sha256:${X}", "${X}")]
    [InlineData("nginx@" + Good + "${X}", "${X}")]
    [InlineData("{{ if .a }}x@{{ .b }}{{ else }}y:1{{ end }}", "{{ if .a }}")]
    // an action may drop the text around it
    [InlineData("{{ if .a -}} nginx {{- end }}", "{{ if .a -}}")]
    [InlineData("{{ if .a }}x@" + Good + "{{ else }}y@" + Good + "{{ end }}", "{{ if .a }}")]
    public void Dynamic(string text, string expression)
    {
        Judged(text, Verdict.Dynamic, $"{expression} is not known here");
        Assert.Equal(expression, Policy.Expression(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public void Nothing_is_not_an_image(string text) => Judged(text, Verdict.NotAnImage, "no image is named here");

    [Fact]
    public void A_reference_holds_no_expression_and_is_judged_by_its_digest() =>
        Samples.Valid.Try(
            text => Policy.Expression(text) is null
                && Policy.Judge(text).Verdict == (text.Contains('@', StringComparison.Ordinal) ? Verdict.Pinned : Verdict.Unpinned),
            iter: 5_000);

    [Fact]
    public void A_verdict_comes_with_its_reference_or_its_problem() =>
        Gen.Select(Samples.Any, Gen.OneOf("", "$X", "${X}", "${", "{{ x }}", "#{", "(("), Samples.Any).Try(
            sample =>
            {
                var (before, expression, behind) = sample;
                var text = before + expression + behind;
                var judged = Policy.Judge(text);
                return judged.Verdict switch
                {
                    Verdict.Unpinned => judged is { Reference.Digest: null, Problem: null } and { Reference: not null },
                    Verdict.Pinned => judged.Problem is null && (judged.Reference is null ? Policy.Expression(text) is not null : judged.Reference.Digest is not null),
                    _ => judged is { Reference: null, Problem.Length: > 5 },
                };
            },
            iter: 20_000);

    private static void Judged(string text, Verdict verdict, string? problem)
    {
        var judged = Policy.Judge(text);
        Assert.Equal(verdict, judged.Verdict);
        Assert.Equal(problem is null, judged.Problem is null);
        Assert.Contains(problem ?? "", judged.Problem ?? "", StringComparison.Ordinal);
        Assert.Equal(ImageReference.TryParse(text, out _, out _), judged.Reference is not null);
    }
}
