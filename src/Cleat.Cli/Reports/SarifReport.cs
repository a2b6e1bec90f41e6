using System.Text.Json;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>SARIF 2.1.0 (OASIS, sarif-v2.1.0-os): findings only, columns in UTF-16 units, bytes beside them.</summary>
internal sealed class SarifReport
{
    private const string Root = "%SRCROOT%";

    // a line of a packed file is no help to anybody, and would stand here for each finding in it
    private const int LongestSnippet = 1000;

    private readonly Report report;
    private readonly RepositoryPaths paths;
    private readonly Fingerprints fingerprints;
    private readonly Utf8JsonWriter json;
    private (string? File, IReadOnlyList<string> Lines) hashes = (null, []);

    private SarifReport(Report report, Utf8JsonWriter json)
    {
        this.report = report;
        this.json = json;
        paths = report.Repository;
        fingerprints = new(paths);
    }

    public static void Write(Report report, Stream output, string version)
    {
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            Tool(json, version);
            json.WriteString("columnKind", "utf16CodeUnits");
            BaseIds(json);
            SarifReport parts = new(report, json);
            parts.Invocation();
            parts.Results();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Tool(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "cleat");
        json.WriteString("semanticVersion", version);
        json.WriteString("informationUri", Docs.Home);
        SarifRules.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // which folder it is stays with the reader: a report holds no path of the machine it was made on (SARIF 2.1.0, 3.14.14)
    private static void BaseIds(Utf8JsonWriter json)
    {
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        json.Message("description", "The root of the repository.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // what was not read or resolved is told, so that no result is not taken for no problem
    private void Invocation()
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Errors.Count == 0);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var error in report.Errors)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            json.Message("message", error.Message);
            if (error.File is { } file)
            {
                json.WriteStartArray("locations");
                json.WriteStartObject();
                json.WriteStartObject("physicalLocation");
                Artifact(file);
                if (error.Position is { } position)
                {
                    json.WriteStartObject("region");
                    json.WriteNumber("startLine", position.Line);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Results()
    {
        json.WriteStartArray("results");
        foreach (var finding in report.Findings)
        {
            if (finding.Rule is null)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("ruleId", finding.Rule.Name);
            json.WriteNumber("ruleIndex", SarifRules.Index(finding.Rule));
            json.WriteString("level", Wording.Word(finding.Rule.Severity));
            json.Message("message", $"{Wording.Message(finding)} {Sentence(Wording.Help(finding))}".Trim());
            if (finding.Running is { } running)
            {
                LogicalLocation(running.Workload);
            }
            else
            {
                Location(finding.File, finding.LineText, finding.Position, finding.Range, finding.Use.Span);
            }

            PartialFingerprints(fingerprints.Of(finding), finding.Running is null ? finding.File : null, finding.Position);
            Fix(finding);
            Suppressions(finding);
            json.WriteEndObject();
            json.Pass();
        }

        foreach (var notice in report.Notices)
        {
            Notice(notice);
        }

        json.WriteEndArray();
    }

    // SARIF 2.1.0, 3.35: "inSource" for a comment or an annotation, "external" for a config or a baseline
    private void Suppressions(Finding finding)
    {
        if (finding.Ignored is not { } ignored)
        {
            return;
        }

        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", ignored.By is IgnoredBy.Comment or IgnoredBy.Annotation ? "inSource" : "external");
        json.WriteString("status", "accepted");
        if (ignored.Reason is { } reason)
        {
            json.Text("justification", reason);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Notice(Notice notice)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", notice.Rule.Name);
        json.WriteNumber("ruleIndex", SarifRules.Index(notice.Rule));
        json.WriteString("level", Wording.Word(notice.Rule.Severity));
        json.Message("message", notice.Message);
        Location(notice.File, notice.LineText, notice.Position, notice.Range, null);
        PartialFingerprints(fingerprints.Of(notice), notice.File, notice.Position);
        json.WriteEndObject();
    }

    private void PartialFingerprints(string own, string? file, LinePosition position)
    {
        json.WriteStartObject("partialFingerprints");
        json.WriteString("cleat/v1", own);
        if (file is not null && LineHash(file, position.Line) is { } hash)
        {
            json.WriteString("primaryLocationLineHash", hash);
        }

        json.WriteEndObject();
    }

    // findings come in the order of their files: one file is at hand
    private string? LineHash(string file, int line)
    {
        if (hashes.File != file)
        {
            hashes = (file, report.Read(file) is { } bytes ? LineHashes.Of(bytes.Span) : []);
        }

        return line <= hashes.Lines.Count ? hashes.Lines[line - 1] : null;
    }

    // SARIF 2.1.0, 3.33: what runs stands in no file
    private void LogicalLocation(RunningObject running)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.Text("name", running.Container ?? running.Name);
        json.Text("fullyQualifiedName", running.FullName);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Location(string file, string lineText, LinePosition position, LineRange range, TextSpan? bytes)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        Artifact(file);
        json.WriteStartObject("region");
        Columns(lineText, position, range);
        if (bytes is { } span)
        {
            json.WriteNumber("byteOffset", span.Start);
            json.WriteNumber("byteLength", span.Length);
        }

        var shown = lineText.Length <= LongestSnippet;
        if (shown && range.End > range.Start)
        {
            json.Message("snippet", lineText[range.Start..range.End]);
        }

        json.WriteEndObject();
        if (shown && lineText.Length > 0)
        {
            json.WriteStartObject("contextRegion");
            json.WriteNumber("startLine", position.Line);
            json.Message("snippet", lineText.TrimStart('\uFEFF'));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // a byte order mark is no character of the text: those who read this drop it before they count
    private void Columns(string lineText, LinePosition position, LineRange range)
    {
        var mark = position.Line == 1 && lineText.StartsWith('\uFEFF') ? 1 : 0;
        json.WriteNumber("startLine", position.Line);
        json.WriteNumber("startColumn", range.Start + 1 - mark);
        if (!range.RunsOn)
        {
            json.WriteNumber("endColumn", range.End + 1 - mark);
        }
    }

    // a fix is given where it is one replacement of the reference itself, in one line: text replaces a region of lines and columns (SARIF 2.1.0, 3.57)
    private void Fix(Finding finding)
    {
        if (finding.Pin is not { IsInPlace: true } pin
            || finding.Range is not { RunsOn: false } range)
        {
            return;
        }

        json.WriteStartArray("fixes");
        json.WriteStartObject();
        json.Message("description", $"Pin to {pin.Digest}");
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        Artifact(finding.File);
        json.WriteStartArray("replacements");
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        Columns(finding.LineText, finding.Position, range);
        json.WriteEndObject();
        json.Message("insertedContent", pin.Text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Artifact(string reported)
    {
        var file = paths.Of(reported);
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", (file.StartsWith('/') ? "file://" : "") + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
        if (!file.StartsWith('/'))
        {
            json.WriteString("uriBaseId", Root);
        }

        json.WriteEndObject();
    }

    // text shows it behind "help:"; here it stands behind another sentence
    public static string Sentence(string help) => help.Length == 0 ? "" : $"{char.ToUpperInvariant(help[0])}{help.AsSpan(1).TrimEnd('.')}.";
}
