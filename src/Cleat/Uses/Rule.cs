namespace Cleat.Uses;

public enum Severity
{
    Error,
    Warning,
    Note,
}

/// <summary>A rule a finding stands under.</summary>
/// <param name="Name">Reads well after "ignore": <c>unpinned-image</c>.</param>
/// <param name="Summary">One sentence: what is wrong.</param>
/// <param name="Why">Why it matters, in a few sentences.</param>
/// <param name="Fix">What to do next.</param>
public sealed record Rule(string Name, Severity Severity, string Summary, string Why, string Fix)
{
    public static Rule UnpinnedImage { get; } = new(
        "unpinned-image",
        Severity.Error,
        "The image is selected by a tag, not by its digest.",
        "A tag can be moved: by its owner in the middle of a rollout, so that one spec runs two images, or by an attacker. "
        + "A digest names exactly one image for ever. This is the policy CKV_K8S_43 and BC_K8S_39 ask for.",
        "Run `cleat pin` on the file: it resolves the tag at the registry and writes name:tag@sha256:… in place.");

    public static Rule MalformedDigest { get; } = new(
        "malformed-digest",
        Severity.Error,
        "The text is no well-formed image reference, or carries '@' without a valid digest.",
        "It passes every check that only looks for '@', and then fails when the image is pulled.",
        "Write a digest of a registered algorithm in full (sha256: and 64 lower-case hex digits), or remove everything from '@' on and run `cleat pin`.");

    public static Rule DynamicImage { get; } = new(
        "dynamic-image",
        Severity.Note,
        "The image is named by a variable or an expression, so this file alone does not say which image runs.",
        "Whoever sets the variable selects the image. It can only be judged where its value stands.",
        "Pin the value where it is set, or give the variable a default with a digest.");

    public static Rule UnusedIgnore { get; } = new(
        "unused-ignore",
        Severity.Note,
        "An ignore silences nothing.",
        "What it was written for is gone, or stands elsewhere, or it names another rule: left in place, it would one day silence something new that nobody looked at.",
        "Remove it, or move it to the line of the reference or the line above. See docs/silence.md.") { Tags = ["maintainability"] };

    public static Rule IgnoreWithoutReason { get; } = new(
        "ignore-without-reason",
        Severity.Note,
        "An ignore does not say why.",
        "Whoever reads it next cannot tell whether it still holds.",
        "Write the reason behind it: `# cleat: ignore[unpinned-image] built in this pipeline`.") { Tags = ["maintainability"] };

    public static Rule UnreadFile { get; } = new(
        "unread-file",
        Severity.Note,
        "A file that the tree names was not read.",
        "It lies outside of the tree, where a link or `..` leads, or git does not track it and it holds values. A tree of somebody else's could so have a secret of this machine sent to a registry of its choice.",
        "Name a folder that holds both on the command line, keep the file in the tree, or track a file of values that holds no secrets. See docs/security.md.");

    public static Rule KustomizeUnpins { get; } = new(
        "kustomize-unpins",
        Severity.Error,
        "The kustomization sets a tag on an image that its base pins by digest: kustomize drops the digest.",
        "newTag replaces tag and digest together, so that what is built from a pinned base is selected by a tag again.",
        "Run `cleat pin` on the kustomization: it writes the digest behind newTag, which keeps both.");

    public static Rule SplitTag { get; } = new(
        "split-tag",
        Severity.Warning,
        "One tag is pinned to two digests within the tree.",
        "Two places that say the same image run different ones, as when a tag moves in the middle of a rollout: one of them was left behind, or was never meant.",
        "Run `cleat update`: it moves every pin of the tag to what the tag means now. Where both are meant, ignore it with the reason why.");

    public static Rule MixedDigests { get; } = new(
        "mixed-digests",
        Severity.Error,
        "One reference runs as several images at the same time.",
        "The tag moved between two pulls: one spec runs two builds, and which of them answers is chance. The two may differ in behaviour, in their fixes, or in who made them.",
        "Pin it to one digest and let everything start anew from that: `cleat docker pin` and `cleat cluster pin` print the commands.") { IsOnline = true };

    public static Rule MovedTag { get; } = new(
        "moved-tag",
        Severity.Warning,
        "The tag now means another digest than the pinned one.",
        "The pin still runs what it ran, but its tag has moved on: fixes that came since are missing, and whoever reads the tag believes in an image that does not run.",
        "Run `cleat update` to move the pin, or ignore it with the reason why it stays.") { IsOnline = true };

    public static Rule MissingDigest { get; } = new(
        "missing-digest",
        Severity.Error,
        "The registry does not have the pinned digest.",
        "Registries collect what no tag names any more. The next node that has no copy cannot pull it.",
        "Run `cleat update` to pin what the tag means now, or push the image again.") { IsOnline = true };

    public static Rule TagDigestMismatch { get; } = new(
        "tag-digest-mismatch",
        Severity.Warning,
        "The tag never meant the pinned digest, as far as is known.",
        "Engines run the digest and ignore the tag: the line says one image and runs another. A tag was changed and its digest left, or the digest belongs to something else.",
        "Find out which of the two is meant. For the tag: take the digest out and run `cleat pin`. For the digest: write the tag it belongs to.") { IsOnline = true };

    public static Rule SinglePlatform { get; } = new(
        "single-platform",
        Severity.Note,
        "The pin is one platform's image, while its tag is for several.",
        "On a node of another platform the image does not start.",
        "Where all nodes are of that platform it is right. Else take the digest out and run `cleat pin` without --platform.") { IsOnline = true };

    public static Rule UnsignedImage { get; } = new(
        "unsigned-image",
        Severity.Error,
        "The pinned image has no signature that was asked for.",
        "A digest says which image runs, not who made it. The run was told to require a signature, and cosign found none that is valid.",
        "Look what `cosign verify` says of it. Pin an image that is signed, or ask for the key or identity that signed this one.") { IsOnline = true };

    /// <summary>What the rule is about, for programs that sort findings: <c>security</c>, <c>supply-chain</c>, <c>maintainability</c>.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = ["security", "supply-chain"];

    /// <summary>True for what files alone do not say: <c>verify</c> hears it of a registry, or it is seen where it runs; <c>check</c> cannot tell it.</summary>
    public bool IsOnline { get; private init; }

    /// <summary>Every rule, in the order of the documentation.</summary>
    public static IReadOnlyList<Rule> All { get; } = [UnpinnedImage, MalformedDigest, DynamicImage, KustomizeUnpins, SplitTag, MixedDigests, UnusedIgnore, IgnoreWithoutReason, UnreadFile, MovedTag, MissingDigest, TagDigestMismatch, SinglePlatform, UnsignedImage];

    /// <summary>The rule a use breaks, or null.</summary>
    public static Rule? Of(ImageUse use) => use.Rule ?? Of(use.Verdict);

    /// <summary>The rule a verdict breaks, or null.</summary>
    public static Rule? Of(Verdict verdict) => verdict switch
    {
        Verdict.Unpinned => UnpinnedImage,
        Verdict.Malformed => MalformedDigest,
        Verdict.Dynamic => DynamicImage,
        _ => null,
    };
}
