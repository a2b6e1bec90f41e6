namespace Cleat.Formats;

/// <summary>What the readers of a file found, and what they could not read.</summary>
internal sealed class UseSink
{
    public List<ImageUse> Uses { get; } = [];

    public List<ReadProblem> Problems { get; } = [];

    public void Add(ImageUse use) => Uses.Add(use);

    public void Problem(int offset, string message) => Problems.Add(new ReadProblem(offset, message));
}

/// <summary>A part of a file that could not be read.</summary>
/// <param name="Offset">Byte offset into the file.</param>
/// <param name="Message">What is wrong there and what to do next.</param>
public sealed record ReadProblem(int Offset, string Message);
