namespace Cleat.Files;

internal enum WriteStatus
{
    Written,

    /// <summary>The file is no longer what was read; it was left as it is.</summary>
    Changed,

    /// <summary>Writing would break something (a link, the owner, a read-only mark); the file was left as it is.</summary>
    Refused,

    /// <summary>The disk or the system said no; the file was left as it is, unless the message says otherwise.</summary>
    Failed,
}

/// <summary>What became of a write.</summary>
/// <param name="Message">What happened and what to do next, to stand behind the file's name; null when it was written.</param>
internal sealed record WriteOutcome(WriteStatus Status, string? Message = null)
{
    public static WriteOutcome Written { get; } = new(WriteStatus.Written);
}
