using Cleat.Registries.SignIn;
using System.Buffers;
using System.Text.Json;
using System.Text;
using Cleat.Programs;
using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>What a credential plugin gave.</summary>
internal sealed record ExecCredential(Secret? Token, string? Certificate, Secret? Key);

/// <summary>
/// A program that gives credentials (kubernetes.io, "client-go credential plugins"): told what is wanted in KUBERNETES_EXEC_INFO, it prints an
/// ExecCredential. What it writes to standard error is passed on at once: it may ask the user to sign in.
/// </summary>
/// <param name="ProvideClusterInfo">It wants to know which cluster it is for.</param>
internal sealed record ExecPlugin(string ApiVersion, string Command, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Value)> Variables, bool ProvideClusterInfo, string? InstallHint)
{
    private const string Group = "client.authentication.k8s.io/";
    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static ExecPlugin Read(KubeconfigEntry exec)
    {
        var command = exec.Text("command") ?? "";
        var version = exec.Text("apiVersion") ?? "";
        if (command.Length == 0 || !version.StartsWith(Group, StringComparison.Ordinal))
        {
            throw new CleatException($"{exec.File}: an exec plugin needs a command and an apiVersion {Group}v1");
        }

        return new(
            version,
            // a bare name is looked for in PATH; a path is taken from the kubeconfig's folder
            command.Contains('/', StringComparison.Ordinal) ? exec.Path("command")! : command,
            [.. exec.Items("args").Select(a => a.Text ?? "")],
            [.. exec.Items("env").Select(e => (e.Item.Text("name") ?? "", e.Item.Text("value") ?? "")).Where(e => e.Item1.Length > 0)],
            exec.Text("provideClusterInfo") == "true",
            exec.Text("installHint"));
    }

    /// <summary>Runs it.</summary>
    /// <param name="onMessage">Called with each line of its standard error.</param>
    /// <exception cref="CleatException">It is not there, failed, or gave nothing that can be used.</exception>
    public async Task<ExecCredential> RunAsync(ClusterAccess access, Action<string> onMessage, CancellationToken cancellation)
    {
        var file = Path.IsPathRooted(Command) ? Command : SearchPath.Find(Command, Environment.GetEnvironmentVariable("PATH"));
        ProgramEnd end = file is null ? new ProgramEnd.NotRun("") : await new ProgramCall(file, Arguments)
        {
            Variables = [.. Variables.Select(v => (v.Name, (string?)v.Value)), ("KUBERNETES_EXEC_INFO", Info(access))],
            TimeLimit = Limit,
            OutputLimit = LongestAnswer,
            HearError = onMessage,
        }.RunAsync(cancellation);
        return end switch
        {
            ProgramEnd.Ended { Code: 0 } ended => Read(ended.Output),
            ProgramEnd.Ended ended => throw new CleatException($"the credential plugin {Command} failed with exit code {ended.Code}"),
            ProgramEnd.TooSlow => throw new CleatException($"the credential plugin {Command} gave no answer within {Duration.Words(Limit)}"),
            ProgramEnd.TooMuch => throw new CleatException($"the credential plugin {Command} printed more than {LongestAnswer >> 20} MiB"),
            _ => throw new CleatException($"the credential plugin {Command} cannot be run: is it installed?{(InstallHint is null ? "" : " " + InstallHint.Trim())}"),
        };
    }

    private ExecCredential Read(ReadOnlyMemory<byte> output)
    {
        if (!JsonText.TryObject(output, out var json))
        {
            throw new CleatException($"the credential plugin {Command} printed something that is no ExecCredential");
        }

        using (json)
        {
            var status = JsonText.Child(json.RootElement, "status", JsonValueKind.Object) ?? default;
            var (token, certificate, key) = (JsonText.String(status, "token"), JsonText.String(status, "clientCertificateData"), JsonText.String(status, "clientKeyData"));
            return token is null && (certificate is null || key is null)
                ? throw new CleatException($"the credential plugin {Command} gave neither a token nor a certificate")
                : new(token is null ? null : new Secret(token), certificate, key is null ? null : new Secret(key));
        }
    }

    private string Info(ClusterAccess access)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", "ExecCredential");
            json.WriteString("apiVersion", ApiVersion);
            json.WriteStartObject("spec");
            json.WriteBoolean("interactive", false);
            if (ProvideClusterInfo)
            {
                json.WriteStartObject("cluster");
                json.WriteString("server", access.Server.OriginalString);
                if (access.TlsServerName is { } name)
                {
                    json.WriteString("tls-server-name", name);
                }

                if (access.SkipTlsVerify)
                {
                    json.WriteBoolean("insecure-skip-tls-verify", true);
                }

                if (access.Authorities is { } authorities)
                {
                    json.WriteString("certificate-authority-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(authorities)));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
