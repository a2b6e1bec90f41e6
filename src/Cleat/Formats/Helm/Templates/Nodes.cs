using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>A part of a template. A closed union.</summary>
/// <param name="At">Where it begins, in bytes.</param>
internal abstract record Node(int At)
{
    /// <summary>Text outside of actions, decoded when it is written.</summary>
    public sealed record Plain(int At, SourceText Source, int End) : Node(At)
    {
        private string? text;

        public string Text => text ??= Encoding.UTF8.GetString(Source.Span[At..End]);
    }

    /// <summary>The end of a line, in the place of text that has to do with no image.</summary>
    public sealed record LineEnd(int At) : Node(At);

    /// <summary>A pipeline whose value is written.</summary>
    /// <param name="IsNear">It stands where an image may be named.</param>
    public sealed record Write(int At, Code Code, bool IsNear) : Node(At);

    /// <summary><c>if</c> and <c>with</c>; <c>else if</c> is an <c>if</c> in <paramref name="Else"/>.</summary>
    public sealed record Choice(int At, bool IsWith, Code Condition, Node[] Then, Node[] Else) : Node(At);

    /// <param name="Whole">The body with all its text.</param>
    public sealed record Loop(int At, Code Over, Node[] Body, Lazy<Node[]> Whole, Node[] Else) : Node(At)
    {
        /// <summary>What it goes over may have to do with images.</summary>
        public bool IsOfImages { get; init; }
    }

    /// <summary><c>template</c>, and <c>block</c>, which defines what it calls.</summary>
    public sealed record Call(int At, string Name, Code? Argument, bool IsNear) : Node(At);

    /// <summary><c>break</c> or <c>continue</c>.</summary>
    public sealed record Leave(int At, bool IsBreak) : Node(At);
}

/// <summary>The text of a pipeline, read when it is evaluated first: most of a chart's never is.</summary>
internal sealed class Code(SourceText source, TextSpan span)
{
    private Pipeline? pipeline;

    /// <summary>One that fails when it is evaluated, where Go would not read it.</summary>
    public Pipeline Pipeline => pipeline ??= Read();

    private Pipeline Read()
    {
        try
        {
            return new ActionReader(source, span).Whole();
        }
        catch (TemplateException e)
        {
            return new(e.At, [], false, [[new Operand.Unreadable(e)]]);
        }
    }
}

/// <summary>Commands, each the last argument of the next.</summary>
/// <param name="Variables">What the value is given to: one, or two in a <c>range</c>.</param>
/// <param name="Declares">False where a variable that is there gets another value.</param>
internal sealed record Pipeline(int At, string[] Variables, bool Declares, Operand[][] Commands);

/// <summary>An operand. A closed union.</summary>
internal abstract record Operand(int At)
{
    public sealed record Literal(int At, object? Data) : Operand(At)
    {
        public Value Value { get; } = Value.Of(Data);
    }

    /// <summary>A name that stands by itself: a function.</summary>
    public sealed record Function(int At, string Name) : Operand(At);

    /// <summary>Fields of dot, of a variable, or of what parentheses give.</summary>
    public sealed record Fields(int At, string? Variable, Pipeline? Inner, string[] Names) : Operand(At);

    /// <summary>What Go would not read.</summary>
    public sealed record Unreadable(TemplateException Problem) : Operand(Problem.At);
}
