using System.Collections.Immutable;

namespace Cleat.Formats.Helm.Templates;

internal sealed partial class Evaluator
{
    private Value Evaluate(Pipeline pipeline, Value dot)
    {
        Value? last = null;
        foreach (var command in pipeline.Commands)
        {
            last = Evaluate(command, dot, last);
        }

        if (pipeline.Variables is [var name, ..])
        {
            if (pipeline.Declares)
            {
                scope.Add((name, last!));
            }
            else if (Find(name) is var index and >= 0)
            {
                Assign(index, last!);
            }
        }

        return last!;
    }

    private Value Evaluate(Operand[] command, Value dot, Value? piped)
    {
        Step(command[0].At);
        switch (command[0])
        {
            case Operand.Function function:
                return Call(function, command, dot, piped);
            case Operand.Fields { Names.Length: > 0 } method when command.Length > 1 || piped is not null:
                // a method: .Files.Get, .Capabilities.APIVersions.Has
                return new Value.Opaque("." + string.Join('.', method.Names));
            default:
                return Evaluate(command[0], dot);
        }
    }

    private Value Evaluate(Operand operand, Value dot)
    {
        switch (operand)
        {
            case Operand.Literal literal:
                return literal.Value;
            case Operand.Function function:
                return Call(function, [function], dot, null);
            case Operand.Fields fields:
                var value = fields.Inner is { } inner ? Evaluate(inner, dot) : fields.Variable is { } name ? Variable(name, operand.At) : dot;
                for (var i = 0; i < fields.Names.Length; i++)
                {
                    // `(.a).b` of a nil is nil, `.a.b` fails
                    value = i == 0 && fields.Inner is not null && value is Value.Plain { Data: null } ? value : Field(value, fields.Names[i], operand.At);
                }

                return value;
            case Operand.Unreadable { Problem: var problem }:
                throw problem;
            default:
                throw new InvalidOperationException("an operand of no known kind");
        }
    }

    private Value Variable(string name, int at) =>
        name.Length == 0 ? scope[floor].Value : Find(name) is var index and >= 0 ? scope[index].Value : throw new TemplateException(at, $"there is no variable ${name}");

    private int Find(string name)
    {
        for (var i = scope.Count - 1; i >= floor; i--)
        {
            if (scope[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private Value Field(Value value, string name, int at) => value switch
    {
        Value.Map map => Read(map.Get(name)),
        Value.Opaque opaque => new Value.Opaque($"{opaque.Why}.{name}") { From = opaque.From },
        Value.Plain { Data: null } => throw new TemplateException(at, $"nil has no field {name}"),
        _ => throw new TemplateException(at, $"there is no field {name} in what is no map"),
    };

    private Value Read(Value value)
    {
        if (onlyImages)
        {
            // who only looks for images does not ask what else is read
            return value;
        }

        if (value is Value.Map map)
        {
            reads.Add(map.Node);
        }
        else if (value is not Value.List)
        {
            reads.UnionWith(value.Sources());
        }

        return value;
    }

    // what is below it as well
    private void ReadAll(Value value)
    {
        Read(value);
        foreach (var inner in value is Value.Map map ? map.Entries.Values : value is Value.List list ? list.Items : (IEnumerable<Value>)[])
        {
            ReadAll(inner);
        }
    }

    // `and` and `or` stop at what decides
    private Value Call(Operand.Function function, Operand[] command, Value dot, Value? piped)
    {
        spot = new(file, function.At);
        if (function.Name is "and" or "or")
        {
            Value last = Value.Nil;
            ImmutableArray<int> seen = [];
            for (var i = 1; i < command.Length + (piped is null ? 0 : 1); i++)
            {
                last = i < command.Length ? Evaluate(command[i], dot) : piped!;
                seen = onlyImages && last is Value.Map ? seen : Value.Union(seen, last.Sources());
                if (last.IsTrue is null)
                {
                    return new Value.Opaque(function.Name) { From = seen };
                }

                if (last.IsTrue == (function.Name == "or"))
                {
                    break;
                }
            }

            return last;
        }

        List<Value> arguments = new(command.Length);
        for (var i = 1; i < command.Length; i++)
        {
            arguments.Add(Evaluate(command[i], dot));
        }

        if (piped is not null)
        {
            arguments.Add(piped);
        }

        return function.Name switch
        {
            "include" => arguments is [var name, var argument] && name.Known is { } text ? IncludeAt(function.At, text, argument) : Unknown(function.Name, arguments),
            "tpl" => arguments is [var source, var root] ? Tpl(source, root, function.At) : Unknown(function.Name, arguments),
            "set" => arguments is [Value.Map map, { Known: { } key }, var value] ? Set(map, key, value) : Unknown(function.Name, arguments),
            "unset" => arguments is [Value.Map from, { Known: { } gone }] ? Set(from, gone, null) : Unknown(function.Name, arguments),
            "index" => Index(arguments, function.At),
            "fail" => throw new TemplateException(function.At, $"it fails: {arguments.FirstOrDefault()?.Known}"),
            "required" => arguments is [_, var needed] ? needed.IsTrue == false ? new Value.Opaque("required") { From = needed.Sources() } : needed : Unknown(function.Name, arguments),
            _ => Functions.Call(function.Name, Used(function.Name, arguments)) is { } made ? made : throw new TemplateException(function.At, $"{function.Name} fails"),
        };
    }

    // a function that looks into maps reads all that is in them
    private List<Value> Used(string name, List<Value> arguments)
    {
        if (!onlyImages && name is not ("dict" or "list" or "tuple" or "default" or "coalesce" or "ternary" or "get" or "hasKey" or "empty" or "not" or "kindIs" or "typeIs"))
        {
            foreach (var value in arguments)
            {
                if (value is Value.Map or Value.List)
                {
                    ReadAll(value);
                }
            }
        }

        return arguments;
    }

    // its arguments have moved the spot
    private Value IncludeAt(int at, string name, Value argument)
    {
        spot = new(file, at);
        return Include(name, argument);
    }

    private static Value.Opaque Unknown(string name, List<Value> arguments) => new(name) { From = Value.Union(arguments) };

    private Value Index(List<Value> arguments, int at)
    {
        var value = arguments[0];
        foreach (var key in arguments.Skip(1))
        {
            value = (value, key) switch
            {
                (Value.Map map, { Known: { } name }) => Read(map.Get(name)),
                (Value.List list, Value.Plain { Data: long index }) when index >= 0 && index < list.Items.Count => Read(list.Items[(int)index]),
                (Value.List list, Value.Plain { Data: double index }) when index >= 0 && index < list.Items.Count => Read(list.Items[(int)index]),
                (Value.Opaque, _) or (_, Value.Opaque) or (_, Value.Text { Known: null }) => new Value.Opaque("index") { From = Value.Union(arguments) },
                (Value.Plain { Data: null }, _) => Value.Nil,
                _ => throw new TemplateException(at, "index finds nothing there"),
            };
        }

        return value;
    }

    private Value.Map Set(Value.Map map, string key, Value? value)
    {
        var had = map.Entries.TryGetValue(key, out var before);
        undo.Add(() =>
        {
            if (had)
            {
                map.Entries[key] = before!;
            }
            else
            {
                map.Entries.Remove(key);
            }
        });
        if (value is null)
        {
            map.Entries.Remove(key);
        }
        else
        {
            map.Entries[key] = value;
        }

        return map;
    }

    // text of the values is a template itself
    private Value Tpl(Value source, Value root, int at)
    {
        if (source.Known is not { } text)
        {
            return source is Value.Opaque || source.IsTrue is null ? new Value.Opaque("tpl") { From = source.Sources() } : new Value.Text(source.Pieces());
        }

        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return source;
        }

        if (TemplateParser.Read(new(file.Name, System.Text.Encoding.UTF8.GetBytes(text))) is not { } parsed || calls >= DeepestCall)
        {
            return new Value.Opaque("tpl") { From = source.Sources() };
        }

        calls++;
        var (floorBefore, assignments) = (Enter(root), assigned.Count);
        var (outer, fileBefore) = (output, file);
        output = new();
        spot = new(file, at);
        var where = spot;
        var near = isNear;
        isNear = true;
        Run(parsed.Body, root);
        isNear = near;
        var made = output;
        (output, file, spot) = (outer, fileBefore, where);
        Exit(floorBefore, assignments);
        calls--;
        written -= made.Length;
        var from = source.Sources();
        return new Value.Text([.. made.Pieces.Select(p => p with { From = Value.Union(p.From, from), Spot = where })]);
    }
}
