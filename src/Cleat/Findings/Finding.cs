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

    /// <summary>Where in the line's text the reference stands.</summary>
    public LineRange Range { get; init; }

    /// <summary>The kustomization that pins it when it is built, so that it breaks no rule here; null when none does.</summary>
    public string? CoveredBy { get; init; }

    /// <summary>What runs, when the use stands in no file; the file is then the object's full name, without a position or a line.</summary>
    public RunningUse? Running { get; init; }
}

/// <summary>Something that kept the job from being done whole; any of these makes the exit code 3.</summary>
/// <param name="Code">A stable word: <c>read</c>, <c>parse</c>, <c>resolve</c>, <c>write</c>, <c>verify</c>.</param>
/// <param name="Message">What happened and what to do next.</param>
public sealed record JobError(string? File, LinePosition? Position, string Code, string Message);

/// <summary>Everything one run saw, in the order of file and offset.</summary>
public sealed record Report
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<JobError> Errors { get; init; }

    /// <summary>What there is to know beside the references; none of it changes the exit code.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>How many files were read, or how many objects that run something.</summary>
    public required int FilesRead { get; init; }

    /// <summary>True when this is about what runs, not about files.</summary>
    public bool IsRunning { get; init; }

    /// <summary>True when something is worse than a note.</summary>
    public bool Fails => Findings.Any(f => f.IsOpen && f.Rule!.Severity != Severity.Note) || Notices.Any(n => n.Rule.Severity != Severity.Note);

    /// <summary>How many references have the verdict, without those that a kustomization pins.</summary>
    public int Count(Verdict verdict) => Findings.Count(f => f.Use.Verdict == verdict && f.CoveredBy is null);

    /// <summary>How many references a kustomization pins.</summary>
    public int Covered => Findings.Count(f => f.CoveredBy is not null);
}
