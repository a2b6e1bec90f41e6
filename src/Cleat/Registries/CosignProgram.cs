using System.ComponentModel;
using System.Diagnostics;

namespace Cleat.Registries;

/// <summary>Runs <c>cosign verify</c> (github.com/sigstore/cosign): it is the judge of signatures, Cleat only asks it.</summary>
/// <param name="arguments">Which signatures count: a key, or an identity and its issuer.</param>
internal sealed class CosignProgram(string file, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The program in an absolute folder of the search path; null when there is none.</summary>
    public static string? Find(string? searchPath) => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "cosign.exe" : "cosign"))
        .FirstOrDefault(File.Exists);

    /// <summary>Why the image has no valid signature, or null when it has one.</summary>
    /// <param name="image">Repository and digest.</param>
    /// <param name="plainHttp">True when its registry is asked over http.</param>
    public async Task<string?> ProblemAsync(string image, bool plainHttp, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, ["verify", .. arguments, .. plainHttp ? (string[])["--allow-http-registry"] : [], image])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            })!;
            try
            {
                process.StandardInput.Close();
                var ignored = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit.Token);
                var said = await process.StandardError.ReadToEndAsync(limit.Token);
                await ignored;
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? null : $"cosign finds no valid signature: {Reason(said)}";
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"cosign gave no answer within {Deadline.Words(Limit)}";
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return $"cosign could not be run: {e.Message}";
        }
    }

    // its last line names the error, after lines of progress and warnings
    private static string Reason(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines
            ? Printable.Clean(lines.FirstOrDefault(l => l.StartsWith("Error:", StringComparison.Ordinal)) ?? lines[^1])
            : "it does not say why";
}
