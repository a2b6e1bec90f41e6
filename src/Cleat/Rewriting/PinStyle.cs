namespace Cleat;

/// <summary>How a pinned reference is written.</summary>
public enum PinStyle
{
    /// <summary><c>nginx:1.27@sha256:…</c>: the tag stays for people and for updates; engines ignore it.</summary>
    TagDigest,

    /// <summary><c>nginx@sha256:…</c>: the policy's own wording.</summary>
    Digest,

    /// <summary><c>nginx@sha256:… # nginx:1.27</c> where the format has comments at the end of a line; else like <see cref="TagDigest"/>.</summary>
    DigestComment,
}
