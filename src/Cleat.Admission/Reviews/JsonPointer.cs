using System.Globalization;

namespace Cleat.Admission.Reviews;

/// <summary>A place in a JSON document (RFC 6901), made of steps.</summary>
internal readonly record struct JsonPointer(string Text)
{
    /// <summary>The whole document.</summary>
    public static JsonPointer Root { get; } = new("");

    public JsonPointer Down(string key) =>
        new($"{Text}/{(key.AsSpan().ContainsAny('~', '/') ? key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) : key)}");

    public JsonPointer Down(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{Text}/{index}"));

    public override string ToString() => Text;
}
