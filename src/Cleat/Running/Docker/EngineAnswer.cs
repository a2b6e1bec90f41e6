using System.Diagnostics.CodeAnalysis;

namespace Cleat.Running.Docker;

/// <summary>What an engine answered, or why there is no answer.</summary>
/// <param name="Problem">What went wrong and what to do next; null when <paramref name="Value"/> is there.</param>
/// <param name="Status">Of HTTP; 0 when there was none.</param>
internal readonly record struct EngineAnswer<T>(T? Value, string? Problem, int Status)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsOk => Value is not null;
}
