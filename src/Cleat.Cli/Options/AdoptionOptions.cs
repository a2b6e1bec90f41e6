using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Text;

namespace Cleat.Cli.Options;

/// <summary>How a check begins in a tree that is full of findings: a baseline of those that are there, or only what a change adds.</summary>
internal sealed class AdoptionOptions
{
    private readonly Option<string> baseline = new("--baseline") { Description = "Findings to ignore, as --write-baseline wrote them.", HelpName = "FILE" };
    private readonly Option<string> writeBaseline = new("--write-baseline") { Description = "Write the findings to this file, to be given to --baseline from now on.", HelpName = "FILE" };
    private readonly Option<string> since = new("--since") { Description = "Only lines that were added since this git revision.", HelpName = "REV" };

    public AdoptionOptions(Command command)
    {
        command.Options.Add(baseline);
        command.Options.Add(writeBaseline);
        command.Options.Add(since);
    }

    /// <summary>The change to look at, or null for everything.</summary>
    public GitChange? Since(ParseResult parsed, CommonValues options)
    {
        if (parsed.GetValue(since) is not { } revision)
        {
            return null;
        }

        if (options.Paths.Contains("-") || parsed.GetValue(writeBaseline) is not null)
        {
            throw new UsageException($"--since looks at a part only: it does not go with {(options.Paths.Contains("-") ? "standard input" : "--write-baseline")}");
        }

        return GitChange.Since(revision, options.Paths, out var problem) ?? throw new UsageException($"--since: {problem}");
    }

    /// <summary>The baseline that was named, or null; one that is to be written must have a place.</summary>
    public Baseline? Read(ParseResult parsed)
    {
        OutputPlace.Checked("--write-baseline", parsed.GetValue(writeBaseline));
        if (parsed.GetValue(baseline) is not { } file)
        {
            return null;
        }

        try
        {
            SourceText source = new(file, File.ReadAllBytes(file));
            return Baseline.Read(source, out var problem)
                ?? throw new UsageException($"{file}:{source.Position(problem!.Offset).Line}:{source.Position(problem.Offset).Column}: {problem.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--baseline: {(e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {file}" : e.Message)}", e);
        }
    }

    /// <summary>Ignores what the baseline holds, and writes a new one.</summary>
    public Report Apply(Report report, Baseline? known, ParseResult parsed, CommonValues options, Terminal terminal)
    {
        if (parsed.GetValue(writeBaseline) is { } target)
        {
            var all = Baseline.Of(report.Findings, Name(target));
            OutputPlace.Write("--write-baseline", target, all.Write);
            terminal.Error.WriteLine($"{Wording.Count(all.Count, "finding")} written to {target}");
            return all.Apply(report, Name(target), _ => false);
        }

        var file = parsed.GetValue(baseline)!;
        return known is null ? report : known.Apply(report, Name(file), entry => WasRead(entry, file, parsed, options));
    }

    // relative to the baseline, so that it does not matter where Cleat is run
    private static Func<string, string> Name(string baseline)
    {
        var folder = Folder(baseline);
        return file => Path.GetRelativePath(folder, Path.GetFullPath(file)).Replace(Path.DirectorySeparatorChar, '/');
    }

    private static string Folder(string baseline) => Path.GetDirectoryName(Path.GetFullPath(baseline)) ?? "/";

    private bool WasRead(string entry, string baseline, ParseResult parsed, CommonValues options)
    {
        var full = Path.GetFullPath(entry, Folder(baseline));
        return parsed.GetValue(since) is null && options.Include.Count == 0 && options.Exclude.Count == 0
            && options.Paths.Any(p => RealRoot.Contains(Path.GetFullPath(p).TrimEnd('/'), full));
    }
}
