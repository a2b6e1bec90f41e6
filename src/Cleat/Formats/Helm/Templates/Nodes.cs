namespace Cleat.Formats.Helm.Templates;

/// <summary>A part of a template. A closed union.</summary>
/// <param name="At">Where it begins, in bytes.</param>
internal abstract record Node(int At)
{
    public sealed record Plain(int At, string Text) : Node(At);

    /// <summary>A pipeline whose value is written.</summary>
    public sealed record Write(int At, Pipeline Pipeline) : Node(At);

    /// <summary><c>if</c> and <c>with</c>; <c>else if</c> is an <c>if</c> in <paramref name="Else"/>.</summary>
    public sealed record Choice(int At, bool IsWith, Pipeline Condition, Node[] Then, Node[] Else) : Node(At);

    public sealed record Loop(int At, Pipeline Over, Node[] Body, Node[] Else) : Node(At);

    /// <summary><c>template</c>, and <c>block</c>, which defines what it calls.</summary>
    public sealed record Call(int At, string Name, Pipeline? Argument) : Node(At);

    /// <summary><c>break</c> or <c>continue</c>.</summary>
    public sealed record Leave(int At, bool IsBreak) : Node(At);
}

/// <summary>Commands, each the last argument of the next.</summary>
/// <param name="Variables">What the value is given to: one, or two in a <c>range</c>.</param>
/// <param name="Declares">False where a variable that is there gets another value.</param>
internal sealed record Pipeline(int At, string[] Variables, bool Declares, Operand[][] Commands);

/// <summary>An operand. A closed union.</summary>
internal abstract record Operand(int At)
{
    public sealed record Literal(int At, object? Value) : Operand(At);

    /// <summary>A name that stands by itself: a function.</summary>
    public sealed record Function(int At, string Name) : Operand(At);

    /// <summary>Fields of dot, of a variable, or of what parentheses give.</summary>
    public sealed record Fields(int At, string? Variable, Pipeline? Inner, string[] Names) : Operand(At);
}
