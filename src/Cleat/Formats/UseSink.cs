using Cleat.Formats.Kustomize;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>What the readers of a file found, and what they could not read.</summary>
internal sealed class UseSink
{
    public List<ImageUse> Uses { get; } = [];

    public List<ReadProblem> Problems { get; } = [];

    /// <summary>What a kustomization includes; null for all other files.</summary>
    public Inclusion? Inclusion { get; set; }

    public void Add(ImageUse use) => Uses.Add(use);

    public void Problem(int offset, string message) => Problems.Add(new ReadProblem(offset, message));
}
