using System.Security.Cryptography;
using System.Text;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Helm;

/// <summary>
/// Charts that are put together from the shapes that real ones have. What is written is read again by <see cref="Shape.Render"/>, which knows each shape by itself and has
/// nothing of the evaluator: the place must name the same repository and tag as before, with the digest of exactly that image.
/// </summary>
public static class GeneratedChartTests
{
    private const int Charts = 400;

    private static readonly string[] Names = ["nginx", "team/app", "grafana/loki", "a-b/c_d"];
    private static readonly string[] Registries = ["", "ghcr.io", "registry.example.com:5000"];
    private static readonly string[] Tags = ["1.27", "v2.0.1", "2024-01-01", "latest"];

    private static readonly Shape[] Shapes =
    [
        new("{{ .Values.KEY.repository }}:{{ .Values.KEY.tag }}", ["repository", "tag"], static f => $"{f["repository"]}:{f["tag"]}"),
        new("{{ .Values.KEY.repository }}:{{ .Values.KEY.tag | default .Chart.AppVersion }}", ["repository", "tag"], static f => $"{f["repository"]}:{Or(f["tag"], f["app"])}"),
        new("{{ .Values.KEY.registry }}/{{ .Values.KEY.repository }}:{{ .Values.KEY.tag }}", ["registry", "repository", "tag"], static f => $"{f["registry"]}/{f["repository"]}:{f["tag"]}"),
        new("{{ with .Values.KEY }}{{ if .registry }}{{ .registry }}/{{ end }}{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}{{ end }}", ["registry", "repository", "tag", "digest"],
            static f => $"{(f["registry"].Length > 0 ? f["registry"] + "/" : "")}{f["repository"]}{(f["digest"].Length > 0 ? "@" + f["digest"] : ":" + f["tag"])}"),
        new("{{ .Values.KEY.repository }}:{{ .Values.KEY.tag }}{{ if .Values.KEY.digest }}@{{ .Values.KEY.digest }}{{ end }}", ["repository", "tag", "digest"],
            static f => $"{f["repository"]}:{f["tag"]}{(f["digest"].Length > 0 ? "@" + f["digest"] : "")}"),
        new("{{ .Values.KEY.repository }}:{{ .Values.KEY.tag }}{{ if .Values.KEY.sha }}@sha256:{{ .Values.KEY.sha }}{{ end }}", ["repository", "tag", "sha"],
            static f => $"{f["repository"]}:{f["tag"]}{(f["sha"].Length > 0 ? "@sha256:" + f["sha"] : "")}"),
        new("{{ printf \"%s:%s\" .Values.KEY.repository (.Values.KEY.tag | toString) }}", ["repository", "tag"], static f => $"{f["repository"]}:{f["tag"]}"),
        new("{{ .Values.KEY.image }}:{{ .Values.KEY.version }}", ["image", "version"], static f => $"{f["image"]}:{f["version"]}"),
        new("{{ .Values.KEY.repository }}/{{ .Values.KEY.image }}:{{ .Values.KEY.tag }}", ["repository", "image", "tag"], static f => $"{f["repository"]}/{f["image"]}:{f["tag"]}"),
        new("{{ .Values.KEY.repository }}:{{ .Values.KEY.tag | default (printf \"v%s\" .Chart.AppVersion) }}", ["repository", "tag"], static f => $"{f["repository"]}:{Or(f["tag"], "v" + f["app"])}"),
    ];

    // what else reads the same fields
    private static readonly string[] Others =
    [
        "",
        "  labels: { version: {{ .Values.KEY.tag | quote }} }\n",
        "  annotations: { note: \"of {{ .Values.KEY.repository }}\" }\n",
    ];

    [Fact]
    public static void The_digest_is_that_of_the_image_that_the_chart_renders()
    {
        Random random = new(20261129);
        var (pinned, refused) = (0, 0);
        for (var i = 0; i < Charts; i++)
        {
            var (files, parts) = Chart(random);
            FilesInMemory beside = new(files, "/c/values.yaml");
            SourceText source = new("/c/values.yaml", Encoding.UTF8.GetBytes(files["/c/values.yaml"]));
            Dictionary<ImageUse, PlannedChange> changes = new(ReferenceEqualityComparer.Instance);
            var before = FileReading.Read(source, beside: beside);
            foreach (var use in before.Uses.Where(u => u is { Verdict: Verdict.Unpinned, Reference: not null }))
            {
                if (Pinner.Pin(source, use, DigestOf(use.Reference!.Canonical), PinStyle.TagDigest, out _) is { } change)
                {
                    changes.Add(use, change);
                }
            }

            var after = source.Apply(changes.Values.SelectMany(c => c.Edits));
            Assert.Null(Confirmation.Refusal(before, FileReading.Read(after, beside: beside), changes));
            foreach (var (key, shape, fields) in parts)
            {
                var now = shape.Render(Fields(after.Slice(new(0, after.Bytes.Length)), key, fields));
                var was = shape.Render(fields);
                if (now == was)
                {
                    refused++;
                    continue;
                }

                pinned++;
                Assert.True(ImageReference.TryParse(was, out var image, out _), was);
                var end = now.LastIndexOf('@');
                Assert.True(end > 0, $"{was} became {now}");
                Assert.Equal(DigestOf(image.Canonical).ToString(), now[(end + 1)..]);
                Assert.True(now[..end] == was || now[..end] == was[..was.LastIndexOf(':')], $"{was} became {now}");
            }
        }

        // the test is about what is written
        Assert.True(pinned > 2 * refused, $"{pinned} written, {refused} not");
    }

    private static string Or(string first, string second) => first.Length > 0 ? first : second;

    private static Digest DigestOf(string reference) =>
        Digest.TryParse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference))), out var digest, out var wrong) ? digest : throw new InvalidOperationException(wrong);

    private static (Dictionary<string, string> Files, List<(string Key, Shape Shape, Dictionary<string, string> Fields)> Parts) Chart(Random random)
    {
        var app = Pick(random, Tags[..2]);
        StringBuilder values = new();
        StringBuilder containers = new();
        StringBuilder others = new();
        List<(string, Shape, Dictionary<string, string>)> parts = [];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var (key, shape) = ($"part{i}", Pick(random, Shapes));
            Dictionary<string, string> fields = new(StringComparer.Ordinal) { ["app"] = app };
            values.Append(key).Append(":\n");
            foreach (var field in shape.Fields)
            {
                fields[field] = field switch
                {
                    "registry" => shape.Source.Contains("if .registry", StringComparison.Ordinal) ? Pick(random, Registries) : Pick(random, Registries[1..]),
                    "tag" when shape.Source.Contains("default", StringComparison.Ordinal) && random.Next(2) == 0 => "",
                    "tag" or "version" => Pick(random, Tags),
                    "digest" or "sha" => "",
                    "image" when shape.Fields.Contains("repository") => "part",
                    _ => Pick(random, Names),
                };
                values.Append("  ").Append(field).Append(": \"").Append(fields[field]).Append("\"\n");
            }

            containers.Append("  - name: ").Append(key).Append("\n    image: \"").Append(shape.Source.Replace("KEY", key, StringComparison.Ordinal)).Append("\"\n");
            var other = Pick(random, Others);
            others.Append(shape.Fields.Contains("tag") && shape.Fields.Contains("repository") ? other.Replace("KEY", key, StringComparison.Ordinal) : "");
            parts.Add((key, shape, fields));
        }

        return (new(StringComparer.Ordinal)
        {
            ["/c/Chart.yaml"] = $"apiVersion: v2\nname: c\nversion: 1.0.0\nappVersion: \"{app}\"\n",
            ["/c/values.yaml"] = values.ToString(),
            ["/c/templates/pod.yaml"] = $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n{others}spec:\n  containers:\n{containers}",
        }, parts);
    }

    // the fields of one part, line by line: the values are written here, so that they are as plain as this
    private static Dictionary<string, string> Fields(string values, string key, Dictionary<string, string> before)
    {
        Dictionary<string, string> fields = new(before, StringComparer.Ordinal);
        var isIn = false;
        foreach (var line in values.Split('\n'))
        {
            isIn = line.StartsWith(' ') ? isIn : line == key + ":";
            if (isIn && line.Split(": ", 2) is [var name, var value])
            {
                fields[name.Trim()] = value.Trim('"');
            }
        }

        return fields;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>A way in which a template puts an image together.</summary>
    /// <param name="Source">The template, KEY for where its values are.</param>
    /// <param name="Render">What it gives, said a second time in C#.</param>
    private sealed record Shape(string Source, string[] Fields, Func<Dictionary<string, string>, string> Render);
}
