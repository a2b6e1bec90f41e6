using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Findings;

/// <summary>A file that was read, and what stands in it.</summary>
/// <param name="Path">As it is reported.</param>
/// <param name="FullPath">Absolute; null for text that stands in no file.</param>
internal sealed record FileUses(string Path, string? FullPath, SourceText Source, UseSink Found, Surroundings Beside);

/// <summary>A file with what is said of the rules in it.</summary>
internal sealed class JudgedFile(FileUses file, FileRules rules)
{
    public string Path => file.Path;

    public string? FullPath => file.FullPath;

    public SourceText Source => file.Source;

    public UseSink Found => file.Found;

    public Surroundings Beside => file.Beside;

    public FileRules Rules => rules;
}
