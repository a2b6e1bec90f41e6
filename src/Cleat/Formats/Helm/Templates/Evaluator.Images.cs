namespace Cleat.Formats.Helm.Templates;

// what can be passed over by who only looks for images: a text of what knows of none has none in it
internal sealed partial class Evaluator
{
    private bool MayNameImage(Pipeline pipeline, Value dot)
    {
        // what a template sets may be what another reads
        if (undo.Count > 0)
        {
            return true;
        }

        foreach (var command in pipeline.Commands)
        {
            if (MayNameImage(command, dot))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayNameImage(Operand[] command, Value dot)
    {
        if (command[0] is Operand.Function { Name: "set" or "unset" or "fail" or "tpl" })
        {
            return true;
        }

        var isInclude = command is [Operand.Function { Name: "include" }, Operand.Literal { Data: string }, _];
        if (command[0] is Operand.Function { Name: "include" } && !isInclude)
        {
            return true;
        }

        for (var i = 0; i < command.Length; i++)
        {
            if (MayNameImage(command[i], dot))
            {
                return true;
            }
        }

        return isInclude && definitions.MayNameImage((string)((Operand.Literal)command[1]).Data!, isOfRoot: command[2] is Operand.Fields { Inner: null } argument && Peek(argument, dot) == root);
    }

    private bool MayNameImage(Operand operand, Value dot) => operand switch
    {
        Operand.Literal { Data: string text } => Piece.IsImage(text),
        Operand.Literal => false,
        Operand.Function => false,
        Operand.Fields { Inner: { } inner } => MayNameImage(inner, dot),
        // what is read of the root is said by name, and judged there
        Operand.Fields fields => Peek(fields, dot) is { } value && value != root && value.HasImage,
        _ => true,
    };
}
