using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat init</c>: a commented config for what is here and, where that is asked for, a baseline and a file for continuous integration.</summary>
internal static class InitCommand
{
    private const string ConfigName = ".cleat.yaml";
    private const string BaselineName = "cleat-baseline.json";

    public static Command Create(Terminal terminal)
    {
        Option<bool> baseline = new("--with-baseline") { Description = $"Also write the findings of today to {BaselineName}, so that only new ones fail a check." };
        var ci = CommonOptions.OneOf("--ci", "Also write a file for continuous integration.", "none", "github", "gitlab");
        Command command = new("init", $"Write a commented {ConfigName} for what is found below this folder. Nothing that is there is replaced.") { baseline, ci };
        command.SetAction((parsed, cancellation) =>
        {
            if (CleatConfig.Find(".").File is { } there)
            {
                throw new UsageException($"there is a config already: {there}");
            }

            var report = ImageTree.Open(["."], new() { ReadOnly = true }).Judge(cancellation);
            List<(string Path, Action<Stream> Write)> files = [(ConfigName, stream => stream.Write(Terminal.Utf8.GetBytes(NewConfig.Of(report))))];
            if (parsed.GetValue(baseline))
            {
                files.Add((BaselineName, Baseline.Of(report, BaselineName).Write));
            }

            if (NewPipeline.Of(parsed.GetValue(ci), parsed.GetValue(baseline) ? BaselineName : null) is { } pipeline)
            {
                files.Add((pipeline.Path, stream => stream.Write(Terminal.Utf8.GetBytes(pipeline.Text))));
            }

            // all of them or none
            foreach (var (path, _) in files)
            {
                if (File.Exists(path))
                {
                    throw new UsageException($"{path} is there already: take it away, or leave out the option that writes it");
                }
            }

            using var text = terminal.Text();
            foreach (var (path, write) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                OutputPlace.Write("init", path, write);
                text.Write($"{path} written\n");
            }

            text.Write($"\n{Summary.Line(report)}\nNext: cleat check{(parsed.GetValue(baseline) ? $" --baseline {BaselineName}" : "")}\n");
            ReportWriter.WriteErrors(report.Errors, terminal);
            return Task.FromResult(report.Errors.Any(e => e.Code != "read" || e.File != ".") ? ExitCode.Incomplete : ExitCode.Done);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat init                           a config for this repository
              cleat init --with-baseline           and today's findings, to be mended one by one
              cleat init --ci github               and a workflow that checks every pull request
            """);
    }
}
