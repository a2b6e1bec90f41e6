using System.Runtime.InteropServices;

namespace Cleat.Formats.Dockerfile;

/// <summary>A word after the variables were put in. What is not known stays in it as written.</summary>
internal sealed class Expansion
{
    /// <summary>No reference is longer (255 for the path, 255 for a host, 128 for a tag, 135 for a digest); longer values are not carried around.</summary>
    internal const int Longest = 1024;

    private const int MostVariables = 64;

    public List<Cell> Cells { get; } = [];

    /// <summary>The variables it is made of, and those that they are made of.</summary>
    public List<Variable> Variables { get; } = [];

    public bool HasExpression { get; set; }

    /// <summary>Why something in it is not known; null when everything is.</summary>
    public string? Unknown { get; set; }

    /// <summary>The first variable in it that is empty, in words.</summary>
    public string? Empty { get; set; }

    public ReadOnlySpan<Cell> Span => CollectionsMarshal.AsSpan(Cells);

    public string Text => Dockerfile.Cells.Text(Span);

    /// <summary>Notes a variable it is made of; false when there are too many to keep count of, and then that one takes no digest.</summary>
    public bool Carry(Variable variable)
    {
        if (Variables.Contains(variable))
        {
            return true;
        }

        if (Variables.Count < MostVariables)
        {
            Variables.Add(variable);
            return true;
        }

        variable.IsPartOfMore = true;
        variable.IsReadElsewhere = true;
        return false;
    }
}
