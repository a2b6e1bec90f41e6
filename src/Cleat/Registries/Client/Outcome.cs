using System.Diagnostics.CodeAnalysis;

namespace Cleat.Registries.Client;

/// <summary>A value, or the resolution that says why there is none.</summary>
internal readonly struct Outcome<T>
    where T : class
{
    private Outcome(T? value, Resolution? failure)
    {
        Value = value;
        Failure = failure;
    }

    internal T? Value { get; }

    internal Resolution? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    internal bool IsOk => Value is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Resolution failure) => new(null, failure);
}
