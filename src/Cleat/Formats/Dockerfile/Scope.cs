using System.Collections.Frozen;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// The variables at a place in a Dockerfile (Dockerfile reference, "Understand how ARG and FROM interact" and "Scope"): those
/// before the first FROM are for FROM lines; a stage starts empty and sees one of them after <c>ARG X</c>.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Variable> global = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> stage = new(StringComparer.Ordinal);
    private readonly HashSet<string> declaredInStages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> given = new(StringComparer.Ordinal);

    // Dockerfile reference, "Automatic platform ARGs in the global scope"
    private static readonly FrozenSet<string> Platform = FrozenSet.Create(
        StringComparer.Ordinal,
        "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "TARGETOSVERSION", "TARGETSTAGE", "BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "BUILDOSVERSION");

    public bool InStage { get; private set; }

    public void StartStage()
    {
        InStage = true;
        stage.Clear();
    }

    /// <summary><c>ARG name=value</c> or <c>ENV name=value</c>. An ENV wins over an ARG of its name for the rest of the stage.</summary>
    public void Declare(Variable variable)
    {
        if (!InStage)
        {
            global[variable.Name] = variable;
            return;
        }

        declaredInStages.Add(variable.Name);
        if (variable.IsEnv || !stage.TryGetValue(variable.Name, out var before) || !before.IsEnv)
        {
            stage[variable.Name] = variable;
        }
    }

    /// <summary><c>ARG name</c>: a value from before stays; in a stage it takes that of the global scope, which RUN then sees.</summary>
    public void DeclareBare(string name)
    {
        if (InStage && global.TryGetValue(name, out var outer))
        {
            outer.IsReadElsewhere = true;
            Declare(outer);
        }
        else if (!(InStage ? stage : global).ContainsKey(name))
        {
            Declare(Given(name) ?? new Variable(name) { Unknown = $"ARG {name} has no default: it is given by --build-arg" });
        }
    }

    /// <summary>The variable a FROM line sees under a name.</summary>
    public Variable ForFrom(string name) => global.TryGetValue(name, out var found)
        ? found
        : Given(name) ?? new Variable(name)
        {
            Unknown = declaredInStages.Contains(name)
                ? $"{name} is declared inside a stage: FROM sees only an ARG before the first FROM"
                : $"no ARG before the first FROM declares {name}",
        };

    /// <summary>
    /// The variable that <c>--from</c> sees under a name. BuildKit puts no variables in there ("define alias stage instead");
    /// Buildah does, the stage's and those before the first FROM, and that is the reading here.
    /// </summary>
    public Variable ForStage(string name) =>
        stage.TryGetValue(name, out var found) || global.TryGetValue(name, out found)
            ? found
            : Given(name) ?? new Variable(name) { Unknown = $"no ARG or ENV in this stage declares {name}" };

    private Variable? Given(string name)
    {
        if (!Platform.Contains(name))
        {
            return null;
        }

        if (!given.TryGetValue(name, out var variable))
        {
            given[name] = variable = new Variable(name) { IsGiven = true, Unknown = $"{name} is set by the builder, for each platform it builds" };
        }

        return variable;
    }
}
