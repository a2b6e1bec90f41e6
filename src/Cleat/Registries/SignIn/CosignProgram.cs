using Cleat.Programs;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

/// <summary>Runs <c>cosign verify</c> (github.com/sigstore/cosign): it is the judge of signatures, Cleat only asks it.</summary>
/// <param name="arguments">Which signatures count: a key, or an identity and its issuer.</param>
internal sealed class CosignProgram(string file, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The program; null when there is none.</summary>
    /// <param name="searchPath">What PATH holds.</param>
    public static string? Find(string? searchPath) => SearchPath.Find("cosign", searchPath);

    /// <summary>Why the image has no valid signature, or null when it has one.</summary>
    /// <param name="image">Repository and digest.</param>
    /// <param name="plainHttp">True when its registry is asked over http.</param>
    public async Task<string?> ProblemAsync(string image, bool plainHttp, CancellationToken cancellation)
    {
        ProgramCall call = new(file, ["verify", .. arguments, .. plainHttp ? (string[])["--allow-http-registry"] : [], image]) { TimeLimit = Limit };
        return await call.RunAsync(cancellation) switch
        {
            ProgramEnd.Ended { Code: 0 } => null,
            ProgramEnd.Ended ended => $"cosign finds no valid signature: {Reason(ended.Error)}",
            ProgramEnd.NotRun failed => $"cosign could not be run: {failed.Why}",
            _ => $"cosign gave no answer within {Duration.Words(Limit)}",
        };
    }

    // its last line names the error, after lines of progress and warnings
    private static string Reason(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines
            ? PrintableText.Abbreviated(lines.FirstOrDefault(l => l.StartsWith("Error:", StringComparison.Ordinal)) ?? lines[^1])
            : "it does not say why";
}
