using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>SARIF 2.1.0 (OASIS, sarif-v2.1.0-os): findings only, columns in UTF-16 units, bytes beside them.</summary>
internal static class SarifReport
{
    private const string Root = "%SRCROOT%";

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
            Invocation(json, report);
            Results(json, report);
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
        json.WriteString("informationUri", "https://github.com/cleat-dev/cleat");
        json.WriteStartArray("rules");
        foreach (var rule in Rule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Name);
            Message(json, "shortDescription", rule.Summary);
            Message(json, "fullDescription", rule.Why);
            json.WriteStartObject("help");
            json.WriteString("text", $"{rule.Why}\n\n{rule.Fix}");
            json.WriteString("markdown", $"{rule.Why}\n\n**Fix:** {rule.Fix}");
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Wording.Word(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // what was not read or resolved is told, so that no result is not taken for no problem
    private static void Invocation(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Errors.Count == 0);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var error in report.Errors)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            Message(json, "message", error.Message);
            if (error.File is { } file)
            {
                json.WriteStartArray("locations");
                json.WriteStartObject();
                json.WriteStartObject("physicalLocation");
                Artifact(json, file);
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

    private static void Results(Utf8JsonWriter json, Report report)
    {
        Dictionary<string, int> seen = [];
        json.WriteStartArray("results");
        foreach (var finding in report.Findings)
        {
            if (finding.Rule is null)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("ruleId", finding.Rule.Name);
            json.WriteNumber("ruleIndex", Index(finding.Rule));
            json.WriteString("level", Wording.Word(finding.Rule.Severity));
            Message(json, "message", $"{Wording.Message(finding)} {Sentence(Wording.Help(finding))}".Trim());
            if (finding.Running is { } running)
            {
                LogicalLocation(json, running.Workload);
            }
            else
            {
                Location(json, finding.File, finding.LineText, finding.Position, finding.Range, finding.Use.Span);
            }

            json.WriteStartObject("partialFingerprints");
            json.WriteString("cleat/v1", Fingerprint(finding, seen));
            json.WriteEndObject();
            Fix(json, finding);
            Suppressions(json, finding);
            json.WriteEndObject();
            json.Pass();
        }

        foreach (var notice in report.Notices)
        {
            Notice(json, notice);
        }

        json.WriteEndArray();
    }

    // SARIF 2.1.0, 3.35: "inSource" for a comment or an annotation, "external" for a config or a baseline
    private static void Suppressions(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Ignored is not { } ignored)
        {
            return;
        }

        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", ignored.By is IgnoredBy.Comment or IgnoredBy.Annotation ? "inSource" : "external");
        if (ignored.Reason is { } reason)
        {
            json.Text("justification", reason);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Notice(Utf8JsonWriter json, Notice notice)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", notice.Rule.Name);
        json.WriteNumber("ruleIndex", Index(notice.Rule));
        json.WriteString("level", Wording.Word(notice.Rule.Severity));
        Message(json, "message", notice.Message);
        Location(json, notice.File, notice.LineText, notice.Position, notice.Range, null);
        json.WriteEndObject();
    }

    // SARIF 2.1.0, 3.33: what runs stands in no file
    private static void LogicalLocation(Utf8JsonWriter json, RunningObject running)
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

    private static void Location(Utf8JsonWriter json, string file, string lineText, LinePosition position, LineRange range, TextSpan? bytes)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        Artifact(json, file);
        json.WriteStartObject("region");
        Columns(json, lineText, position, range);
        if (bytes is { } span)
        {
            json.WriteNumber("byteOffset", span.Start);
            json.WriteNumber("byteLength", span.Length);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // a byte order mark is no character of the text: those who read this drop it before they count
    private static void Columns(Utf8JsonWriter json, string lineText, LinePosition position, LineRange range)
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
    private static void Fix(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Pin is not { IsInPlace: true } pin
            || finding.Range is not { RunsOn: false } range)
        {
            return;
        }

        json.WriteStartArray("fixes");
        json.WriteStartObject();
        Message(json, "description", $"Pin to {pin.Digest}");
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        Artifact(json, finding.File);
        json.WriteStartArray("replacements");
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        Columns(json, finding.LineText, finding.Position, range);
        json.WriteEndObject();
        Message(json, "insertedContent", pin.Text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Artifact(Utf8JsonWriter json, string file)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", (file.StartsWith('/') ? "file://" : "") + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
        if (!file.StartsWith('/'))
        {
            json.WriteString("uriBaseId", Root);
        }

        json.WriteEndObject();
    }

    /// <summary>The same for the same reference wherever its lines move: neither line nor tag is part of it.</summary>
    private static string Fingerprint(Finding finding, Dictionary<string, int> seen)
    {
        var name = finding.Use.Reference is { } r ? $"{r.Registry}/{r.Repository}" : finding.Use.Text;
        var key = string.Join('\n', finding.Rule!.Name, finding.File, finding.Use.Path, name);
        seen[key] = seen.GetValueOrDefault(key) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{seen[key]}")))[..32];
    }

    // text shows it behind "help:"; here it stands behind another sentence
    private static string Sentence(string help) => help.Length == 0 ? "" : $"{char.ToUpperInvariant(help[0])}{help.AsSpan(1).TrimEnd('.')}.";

    private static int Index(Rule rule)
    {
        var index = 0;
        while (Rule.All[index].Name != rule.Name)
        {
            index++;
        }

        return index;
    }

    private static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.Text("text", text);
        json.WriteEndObject();
    }
}
