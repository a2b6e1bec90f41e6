using System.CommandLine;

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
    public RequiredSignature? Read(ParseResult parsed)
    {
        var (byKey, named, pattern, vouched) = (parsed.GetValue(key), parsed.GetValue(identity), parsed.GetValue(identityPattern), parsed.GetValue(issuer));
        if (!parsed.GetValue(require))
        {
            return (byKey ?? named ?? pattern ?? vouched) is null ? null : throw new UsageException("a key or an identity goes with --require-signature");
        }

        return Mistakes.Under("--require-signature", () => (byKey, named, pattern, vouched) switch
        {
            ({ } k, null, null, null) => RequiredSignature.OfKey(k),
            (null, { } who, null, { } by) => RequiredSignature.OfIdentity(who, by),
            (null, null, { } who, { } by) => RequiredSignature.OfIdentityPattern(who, by),
            _ => throw new UsageException("--require-signature needs --cosign-key, or --certificate-identity and --certificate-oidc-issuer: else anybody's signature would do"),
        });
    }
}
