using System.Text.Json;
using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>The report for programs, schema 1: fields are added to it, never changed.</summary>
internal static class JsonReport
{
    public static void Write(Report report, Stream output, string version)
    {
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartObject("tool");
            json.WriteString("name", "cleat");
            json.WriteString("version", version);
            json.WriteEndObject();
            Counts(json, report);

            json.WriteStartArray("references");
            foreach (var finding in report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage))
            {
                Reference(json, finding);
                json.Pass();
            }

            json.WriteEndArray();
            json.WriteStartArray("notices");
            foreach (var notice in report.Notices)
            {
                Notice(json, notice);
            }

            json.WriteEndArray();
            json.WriteStartArray("errors");
            foreach (var error in report.Errors)
            {
                Error(json, error);
                json.Pass();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Counts(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("files", report.IsRunning ? 0 : report.FilesRead);
        if (report.IsRunning)
        {
            json.WriteNumber("objects", report.FilesRead);
            json.WriteNumber("mixed", report.Findings.Count(f => f.Running!.Mixed));
        }

        json.WriteNumber("references", Summary.References(report));
        json.WriteNumber("pinned", report.Count(Verdict.Pinned));
        json.WriteNumber("unpinned", report.Count(Verdict.Unpinned));
        json.WriteNumber("malformed", report.Count(Verdict.Malformed));
        json.WriteNumber("dynamic", report.Count(Verdict.Dynamic));
        json.WriteNumber("covered", report.Covered);
        json.WriteNumber("ignored", Summary.Ignored(report));
        json.WriteNumber("errors", report.Errors.Count);
        if (!report.IsRunning)
        {
            json.WriteNumber("unread", report.Unread.Count);
        }

        json.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter json, Finding finding)
    {
        var use = finding.Use;
        json.WriteStartObject();
        if (finding.Running is { } running)
        {
            RunningJson.Object(json, running.Workload);
        }
        else
        {
            json.Text("file", finding.File);
            json.WriteNumber("line", finding.Position.Line);
            json.WriteNumber("column", finding.Position.Column);
            json.WriteNumber("offset", use.Span.Start);
            json.WriteNumber("length", use.Span.Length);
        }

        json.Text("text", use.Text);
        json.Text("reference", finding.FullReference);
        json.Text("format", use.Format);
        json.Text("path", use.Path);
        json.WriteString("verdict", Wording.Word(use.Verdict));
        json.Text("rule", finding.Rule?.Name);
        json.Text("message", Wording.Message(finding));
        json.Text("help", finding.Rule is null ? null : Wording.Help(finding));
        json.Text("registry", use.Reference?.Registry);
        json.Text("repository", use.Reference?.Repository);
        json.Text("tag", use.Reference?.Tag);
        json.Text("digest", Wording.DigestOf(use)?.ToString());
        if (finding.Pin is { } pin)
        {
            json.WriteStartObject("pin");
            json.Text("digest", pin.Digest.ToString());
            json.Text("text", pin.Text);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("pin");
        }

        if (finding.Running is { } facts)
        {
            RunningJson.Facts(json, facts);
        }
        else
        {
            json.Text("coveredBy", finding.CoveredBy);
        }

        if (finding.Ignored is { } ignored)
        {
            json.WriteStartObject("ignored");
            json.WriteString("by", Wording.Word(ignored.By));
            json.Text("reason", ignored.Reason);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("ignored");
        }

        json.WriteEndObject();
    }

    private static void Notice(Utf8JsonWriter json, Notice notice)
    {
        json.WriteStartObject();
        json.Text("file", notice.File);
        json.WriteNumber("line", notice.Position.Line);
        json.WriteNumber("column", notice.Position.Column);
        json.WriteString("rule", notice.Rule.Name);
        json.WriteString("severity", Wording.Word(notice.Rule.Severity));
        json.Text("message", notice.Message);
        json.WriteEndObject();
    }

    private static void Error(Utf8JsonWriter json, JobError error)
    {
        json.WriteStartObject();
        json.Text("file", error.File);
        if (error.Position is { } position)
        {
            json.WriteNumber("line", position.Line);
            json.WriteNumber("column", position.Column);
        }
        else
        {
            json.WriteNull("line");
            json.WriteNull("column");
        }

        json.WriteString("code", error.Code);
        json.Text("message", error.Message);
        json.WriteEndObject();
    }
}
