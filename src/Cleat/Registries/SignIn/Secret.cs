using System.Text;

namespace Cleat.Registries.SignIn;

/// <summary>A password or token. It prints as <c>***</c>, in messages, records and debuggers alike.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The secret itself. Only what writes an Authorization header or a token request's body may ask.</summary>
    internal string Reveal() => value;

    internal bool IsEmpty => value.Length == 0;

    public override string ToString() => "***";
}

/// <summary>What is stored for one registry.</summary>
/// <param name="Password">Empty when there is only an identity token.</param>
/// <param name="IdentityToken">An OAuth2 refresh token (Docker: <c>identitytoken</c>), or null.</param>
internal sealed record Credential(string Username, Secret Password, Secret? IdentityToken = null)
{
    /// <summary>The value of a Basic Authorization header (RFC 7617, UTF-8).</summary>
    internal string Basic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{(Password.IsEmpty && IdentityToken is not null ? IdentityToken : Password).Reveal()}"));
}
