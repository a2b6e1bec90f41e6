using System.Text;
using System.Text.Json;
using Cleat.Text;

namespace Cleat.Admission.Hosting;

/// <summary>Options out of a file, the environment and flags: what is said later in this order counts.</summary>
internal static class OptionReading
{
    /// <exception cref="CleatException">One of them is wrong; the message says where it stands.</exception>
    public static AdmissionOptions Read(IReadOnlyList<string> flags, Func<string, string?> environment)
    {
        var given = Flags(flags);
        AdmissionOptions options = new();
        var file = given.LastOrDefault(g => g.Name == "config").Value ?? environment("CLEAT_CONFIG");
        if (!string.IsNullOrEmpty(file))
        {
            foreach (var (name, value) in File(file))
            {
                options = Set(options, name, value, $"{file}: {name}");
            }
        }

        foreach (var row in OptionTable.All.Where(r => environment(r.Variable) is { Length: > 0 }))
        {
            options = Set(options, row.Name, environment(row.Variable)!, row.Variable);
        }

        foreach (var (name, value) in given.Where(g => g.Name != "config"))
        {
            options = Set(options, name, value, $"--{name}");
        }

        return Checked(options);
    }

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Help()
    {
        StringBuilder text = new("""
            cleat-admission: pins the images of pods as a Kubernetes API server admits them. See docs/admission.md.

            Every option is a flag, a variable of the environment (--tls-cert is CLEAT_TLS_CERT), or a name in the file of --config FILE (JSON: {"mode": "enforce"}).

            """);
        foreach (var row in OptionTable.All)
        {
            text.Append($"\n  --{row.Name}{(row.Value is null ? "" : " " + row.Value)}\n      {row.Help}");
        }

        return text.Append('\n').ToString();
    }

    private static List<(string Name, string Value)> Flags(IReadOnlyList<string> flags)
    {
        List<(string, string)> given = [];
        for (var i = 0; i < flags.Count; i++)
        {
            if (!flags[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new CleatException($"'{PrintableText.Abbreviated(flags[i])}' is no option: cleat-admission --help lists them");
            }

            var equals = flags[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? flags[i][2..] : flags[i][2..equals];
            var row = Row(name, $"--{name}");
            given.Add((name, equals >= 0 ? flags[i][(equals + 1)..]
                : row is { Value: null } ? ""
                : i + 1 < flags.Count ? flags[++i]
                : throw new CleatException($"--{name} wants a value")));
        }

        return given;
    }

    private static List<(string Name, string Value)> File(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(OptionFile.Text(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return [.. json.RootElement.EnumerateObject().SelectMany(p => p.Value.ValueKind == JsonValueKind.Array ? p.Value.EnumerateArray().Select(v => (p.Name, Text(v))) : [(p.Name, Text(p.Value))])];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new CleatException($"{path}: {e.Message}");
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static AdmissionOptions Set(AdmissionOptions options, string name, string value, string where)
    {
        try
        {
            return (Row(name, where) ?? throw new CleatException("stands on the command line, or in CLEAT_CONFIG: a file of options names no other")).Set(options, value);
        }
        catch (CleatException e) when (!e.Message.StartsWith(where, StringComparison.Ordinal))
        {
            throw new CleatException($"{where} {e.Message}");
        }
    }

    // null for --config, which is not of the table
    private static OptionRow? Row(string name, string where) =>
        OptionTable.All.FirstOrDefault(r => r.Name == name) ?? (name == "config" ? null : throw new CleatException($"{where} is no option: cleat-admission --help lists them"));

    private static AdmissionOptions Checked(AdmissionOptions options) =>
        (options.TlsCert is null) != (options.TlsKey is null) ? throw new CleatException("--tls-cert and --tls-key stand together")
        : options is { TlsSecret: not null, TlsCert: not null } ? throw new CleatException("--tls-secret stands in place of --tls-cert and --tls-key")
        : options is { ClientCa: not null, TlsCert: null, TlsSecret: null } ? throw new CleatException("--client-ca wants TLS: --tls-cert and --tls-key, or --tls-secret")
        : options is { TlsCert: null, TlsSecret: null } && !ListenAddress.Read(options.Listen).IsLoopback ? throw new CleatException("plain http is for loopback only: --tls-cert FILE --tls-key FILE, or --tls-secret NAME")
        : (options.CredentialProviderConfig is null) != (options.CredentialProviderBinDir is null) ? throw new CleatException("--image-credential-provider-config and --image-credential-provider-bin-dir stand together")
        : options.PlainHttp.FirstOrDefault(h => h.Contains('/', StringComparison.Ordinal)) is { } url ? throw new CleatException($"--plain-http takes a host as it stands in references, such as localhost:5000; '{PrintableText.Abbreviated(url)}' holds a '/'")
        : options;
}
