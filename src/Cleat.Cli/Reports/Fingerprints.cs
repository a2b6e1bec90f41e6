using System.Security.Cryptography;
using System.Text;
using Cleat.Findings;

namespace Cleat.Cli.Reports;

/// <summary>What tells a finding from others in services that follow findings from run to run. One instance for a report: equal findings are counted.</summary>
internal sealed class Fingerprints(RepositoryPaths paths)
{
    private readonly Dictionary<string, int> seen = [];

    /// <summary>The same for the same reference wherever its lines move and whatever folder the run began in: neither line nor tag is part of it.</summary>
    public string Of(Finding finding)
    {
        var name = finding.Use.Reference is { } r ? $"{r.Registry}/{r.Repository}" : finding.Use.Text;
        return Of(finding.Rule!.Name, finding.Running is null ? paths.Of(finding.File) : finding.File, finding.Use.Path, name);
    }

    public string Of(Notice notice) => Of(notice.Rule.Name, paths.Of(notice.File), notice.Message);

    public string Of(JobError error) => Of(error.Code, error.File is { } file ? paths.Of(file) : "", error.Message);

    private string Of(params ReadOnlySpan<string> parts)
    {
        var key = string.Join('\n', parts);
        seen[key] = seen.GetValueOrDefault(key) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{seen[key]}")))[..32];
    }
}
