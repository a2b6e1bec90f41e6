using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>A use of an image, where it stands, and what is wrong with it.</summary>
/// <param name="File">The path as it is reported: relative when the argument was, forward slashes.</param>
/// <param name="Position">Line and column of the first byte of the reference.</param>
/// <param name="LineText">The line it stands on, without its line break, for the caret.</param>
/// <param name="Rule">The rule it breaks, or null when pinned or not an image.</param>
/// <param name="Pin">What the resolver found for it, when it was asked.</param>
/// <param name="Ignored">Who chose to live with it, and why; null when nobody did.</param>
public sealed record Finding(string File, LinePosition Position, string LineText, ImageUse Use, Rule? Rule, Pin? Pin = null, Ignored? Ignored = null)
{
    /// <summary>True when it is to be told: a rule is broken and nobody chose to live with that.</summary>
    public bool IsOpen => Rule is not null && Ignored is null;

    /// <summary>What was seen that breaks the rule, where the use alone does not say it: at the registry, or elsewhere in the tree. Else null.</summary>
    public string? Says { get; init; }

    /// <summary>Where in the line's text the reference stands.</summary>
    public LineRange Range { get; init; }

    /// <summary>The whole reference as it will run, registry and tag written out; null when it cannot be known.</summary>
    public string? FullReference => CoveredBy is null ? Use.Reference?.Canonical : Built;

    /// <summary>The kustomization that decides it when it is built, so that it breaks no rule here; null when none does.</summary>
    public string? CoveredBy { get; init; }

    /// <summary>False for what stands in a text that was given, in no file.</summary>
    public bool IsInFile { get; init; } = true;

    /// <summary>True when a pin can mend it, as far as it was tried.</summary>
    public bool IsMendable => IsOpen && Use.Verdict == Verdict.Unpinned && PinObstacle is null;

    /// <summary>What the kustomizations that decide it make of it; null when that is not one image.</summary>
    internal string? Built { get; init; }

    /// <summary>What runs, when the use stands in no file; the file is then the object's full name, without a position or a line.</summary>
    public RunningUse? Running { get; init; }

    /// <summary>Why a pin is not to write a digest here, in words that fit behind a colon; null when it may.</summary>
    public string? PinObstacle => ChangePermission.ToPin(this)?.Why;

    /// <summary>Why an update is not to move this pin; null when it may. Of a report that was made to be read only, ignores and exemptions say all.</summary>
    public string? UpdateObstacle => ChangePermission.ToUpdate(this)?.Why;

    /// <summary>Why the digest is not to be taken out; null when it may be.</summary>
    public string? UnpinObstacle => ChangePermission.ToUnpin(this)?.Why;

    /// <summary>The tag of what is pinned: its own, or the one in the comment behind it; null when none is known.</summary>
    internal string? PinnedTag { get; init; }

    /// <summary>Who chose that this pin stays as it is; null when nobody did, and for what is not pinned.</summary>
    internal Ignored? KeptBy { get; init; }

    /// <summary>The file it stands in, for what is planned from it; null in a report that is only read.</summary>
    internal JudgedFile? In { get; init; }
}

/// <summary>Something that kept the job from being done whole; any of these makes the exit code 3.</summary>
/// <param name="Code">A stable word: <c>read</c>, <c>parse</c>, <c>resolve</c>, <c>pin</c>, <c>update</c>, <c>unpin</c>, <c>lock</c>, <c>verify</c>, <c>write</c>; <c>internal</c> for a fault of Cleat's own.</param>
/// <param name="Message">What happened and what to do next.</param>
public sealed record JobError(string? File, LinePosition? Position, string Code, string Message)
{
    /// <summary>Of what could not be learnt about an image: the image; else null.</summary>
    public string? Image { get; init; }

    /// <summary>What went wrong without the image: the same text for all that it kept from being learnt. Null where it is this place's alone.</summary>
    public string? Cause { get; init; }
}
