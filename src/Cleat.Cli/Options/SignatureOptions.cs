using System.Collections.Concurrent;
using System.CommandLine;
using Cleat.Cli.Verbs;
using Cleat.References;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Cli.Options;

/// <summary>Which signatures an image must have before anything is written.</summary>
internal sealed class SignatureOptions
{
    private readonly Option<bool> require = new("--require-signature") { Description = "Only images with a valid signature, as the program cosign says. With --cosign-key, or with an identity and its issuer." };
    private readonly Option<string> key = new("--cosign-key") { Description = "The public key: a file, or what else `cosign verify --key` takes.", HelpName = "KEY" };
    private readonly Option<string> identity = new("--certificate-identity") { Description = "Keyless: who signed, as in the certificate.", HelpName = "IDENTITY" };
    private readonly Option<string> identityPattern = new("--certificate-identity-regexp") { Description = "Keyless: a pattern of who signed.", HelpName = "REGEX" };
    private readonly Option<string> issuer = new("--certificate-oidc-issuer") { Description = "Keyless: who vouches for the identity.", HelpName = "URL" };

    public SignatureOptions(Command command)
    {
        foreach (Option option in (Option[])[require, key, identity, identityPattern, issuer])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is required; null for nothing.</summary>
    public RequiredSignature? Read(ParseResult parsed, SourceOptions sources)
    {
        (string Option, string? Value)[] said =
            [("--key", parsed.GetValue(key)), ("--certificate-identity", parsed.GetValue(identity)), ("--certificate-identity-regexp", parsed.GetValue(identityPattern)), ("--certificate-oidc-issuer", parsed.GetValue(issuer))];
        var given = said.Where(s => s.Value is not null).ToList();
        if (!parsed.GetValue(require))
        {
            return given.Count == 0 ? null : throw new UsageException("a key or an identity goes with --require-signature");
        }

        var keyed = parsed.GetValue(key) is not null;
        var named = (parsed.GetValue(identity) ?? parsed.GetValue(identityPattern)) is not null;
        if (keyed ? given.Count > 1 : !(named && parsed.GetValue(issuer) is not null))
        {
            throw new UsageException("--require-signature needs --cosign-key, or --certificate-identity and --certificate-oidc-issuer: else anybody's signature would do");
        }

        var program = CosignProgram.Find(Environment.GetEnvironmentVariable("PATH"))
            ?? throw new UsageException("--require-signature needs the program cosign, which is not in PATH: https://docs.sigstore.dev/cosign/system_config/installation/");
        return new(new(program, [.. given.Select(g => $"{g.Option}={g.Value}")]), host => sources.IsPlainHttp(parsed, host));
    }
}

/// <summary>Asks for the signatures of images, each once.</summary>
internal sealed class RequiredSignature(CosignProgram cosign, Func<string, bool> isPlainHttp)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> asked = new(StringComparer.Ordinal);

    /// <summary>Why the image does not have the signature, or null when it has.</summary>
    public Task<string?> ProblemAsync(ImageReference reference, Digest digest, CancellationToken cancellation)
    {
        var host = reference.Registry == "docker.io" ? "index.docker.io" : reference.Registry;
        var image = $"{host}/{reference.Repository}@{digest}";
        return asked.GetOrAdd(image, _ => new(() => cosign.ProblemAsync(image, isPlainHttp(reference.Registry), cancellation))).Value;
    }

    /// <summary>The answers, with a refusal in place of each whose image is not signed.</summary>
    public async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> OnlySignedAsync(IReadOnlyDictionary<ResolutionKey, Resolution> resolved, CancellationToken cancellation)
    {
        ConcurrentDictionary<ResolutionKey, Resolution> signed = new();
        await ManifestReads.EachAsync(resolved, async (answer, stop) =>
            signed[answer.Key] = answer.Value is Resolution.Resolved found && ImageReference.TryParse(answer.Key.Reference, out var reference, out _)
                && await ProblemAsync(reference, found.Digest, stop) is { } problem
                ? new Resolution.Refused($"{found.Digest}: {problem}")
                : answer.Value, cancellation);
        return signed;
    }
}
