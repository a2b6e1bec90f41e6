using System.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>Bytes that are used again for the next page: a page of pods has megabytes.</summary>
internal sealed class PageBuffer
{
    // an API server's own pages stay far below this
    private const int Largest = 256 * 1024 * 1024;

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>Reads a stream to its end in place of what was there; false when it is too long.</summary>
    public async Task<bool> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        for (length = 0; ;)
        {
            if (length == bytes.Length)
            {
                if (length >= Largest)
                {
                    return false;
                }

                Array.Resize(ref bytes, bytes.Length * 2);
            }

            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellation);
            if (read == 0)
            {
                return true;
            }

            length += read;
        }
    }

    /// <summary>Puts stars in the place of a text: a server, or a proxy before it, that repeats what it was sent must not put it into a message.</summary>
    public void Hide(string text)
    {
        var hidden = Encoding.UTF8.GetBytes(text);
        for (var rest = bytes.AsSpan(0, length); hidden.Length > 0 && rest.IndexOf(hidden) is >= 0 and var at; rest = rest[(at + hidden.Length)..])
        {
            rest.Slice(at, hidden.Length).Fill((byte)'*');
        }
    }
}

/// <summary>What the API server answered.</summary>
/// <param name="Status">Of HTTP; 0 when there was no answer.</param>
/// <param name="Body">Of the buffer that was read into.</param>
/// <param name="Problem">Why there was no answer, in words that fit behind the server's name; else null.</param>
internal readonly record struct ApiAnswer(int Status, ReadOnlyMemory<byte> Body, string? Problem)
{
    /// <summary>False when another try would end the same way.</summary>
    public bool CanRetry { get; init; } = true;

    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>True when to ask anything else would end the same way.</summary>
    public bool EndsScan => Status is 0 or 401;

    /// <summary>What is wrong, in words, and what to do next.</summary>
    /// <param name="action">What was wanted: <c>list pods in namespace shop</c>.</param>
    public string Message(string action) => Status switch
    {
        0 => $"the API server {Problem}",
        401 => "the API server does not know these credentials (401): sign in again, or choose another --context",
        403 => $"not allowed to {action} (403): docs/cluster.md has the ClusterRole that is needed",
        404 => $"there is nothing to {action} (404)",
        429 => $"the API server has too much to do to {action} (429): try again later",
        _ => $"the API server answers {Status} when asked to {action}{(StatusMessage.Of(Body) is { } message ? ": " + message : "")}",
    };
}
