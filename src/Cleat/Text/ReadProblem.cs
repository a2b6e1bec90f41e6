namespace Cleat.Text;

/// <summary>A part of a file that could not be read.</summary>
/// <param name="Offset">Byte offset into the file.</param>
/// <param name="Message">What is wrong there and what to do next.</param>
internal sealed record ReadProblem(int Offset, string Message);
