namespace Cleat.Programs;

/// <summary>What became of a program that was run.</summary>
internal abstract record ProgramEnd
{
    private ProgramEnd()
    {
    }

    /// <summary>It ended by itself.</summary>
    /// <param name="Code">Its exit code.</param>
    /// <param name="Output">What it wrote to standard output; empty when that was not wanted.</param>
    /// <param name="Error">The beginning of what it wrote to standard error; empty when that went to <see cref="ProgramCall.HearError"/>.</param>
    internal sealed record Ended(int Code, ReadOnlyMemory<byte> Output, string Error) : ProgramEnd;

    /// <summary>It was stopped: its time was over.</summary>
    internal sealed record TooSlow : ProgramEnd;

    /// <summary>It was stopped: it wrote more than was allowed.</summary>
    internal sealed record TooMuch : ProgramEnd;

    /// <summary>It did not start, or its input and output broke.</summary>
    /// <param name="Why">The system's words; they hold the program's name, and none of its arguments or input.</param>
    internal sealed record NotRun(string Why) : ProgramEnd;
}
