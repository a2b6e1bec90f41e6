using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>The message of the <c>Status</c> object that an API server answers with when it refuses.</summary>
internal static class StatusMessage
{
    private const int Longest = 300;

    public static string? Of(ReadOnlyMemory<byte> body)
    {
        if (body.Length > 64 * 1024 || !JsonText.TryObject(body, out var json))
        {
            return null;
        }

        using (json)
        {
            return JsonText.String(json.RootElement, "kind") == "Status" && JsonText.String(json.RootElement, "message") is { Length: > 0 } message
                ? string.Concat(message.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))
                : null;
        }
    }
}
