using System.Text.Json;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>GitLab's Code Quality report: the part of Code Climate's format that GitLab reads, and its <c>type</c> and <c>categories</c>.</summary>
internal static class GitLabReport
{
    public static void Write(Report report, Stream output)
    {
        var paths = report.Repository;
        Fingerprints fingerprints = new(paths);
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartArray();
            foreach (var finding in report.Findings)
            {
                if (finding is { IsOpen: true, Rule: { } rule })
                {
                    Issue(json, rule.Name, rule.Severity, $"{Wording.Message(finding)} {SarifReport.Sentence(Wording.Help(finding))}".Trim(), fingerprints.Of(finding), paths.Of(finding.File), finding.Position.Line, rule.Tags.Contains("security"));
                }
            }

            foreach (var notice in report.Notices)
            {
                Issue(json, notice.Rule.Name, notice.Rule.Severity, notice.Message, fingerprints.Of(notice), paths.Of(notice.File), notice.Position.Line, notice.Rule.Tags.Contains("security"));
            }

            // a file that was not read must not look like one without problems; what belongs to no file has no place here
            foreach (var error in report.Errors)
            {
                if (error.File is { } file)
                {
                    Issue(json, error.Code, Severity.Error, $"Not done whole: {error.Message}", fingerprints.Of(error), paths.Of(file), error.Position?.Line ?? 1, security: true);
                }
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Issue(Utf8JsonWriter json, string rule, Severity severity, string message, string fingerprint, string file, int line, bool security)
    {
        json.WriteStartObject();
        json.WriteString("type", "issue");
        json.WriteString("check_name", rule);
        json.Text("description", message);
        json.WriteStartArray("categories");
        json.WriteStringValue(security ? "Security" : "Clarity");
        json.WriteEndArray();
        json.WriteString("severity", severity switch { Severity.Error => "major", Severity.Warning => "minor", _ => "info" });
        json.WriteString("fingerprint", fingerprint);
        json.WriteStartObject("location");
        json.Text("path", file);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", line);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Pass();
    }
}
