using System.Globalization;
using System.Text.Json;

namespace Cleat.Running.Kubernetes;

/// <summary>Reads one object of a list; called with the reader at its start, and leaves it at its end.</summary>
internal delegate void ReadItem(ref Utf8JsonReader item, ReadOnlyMemory<byte> page);

/// <summary>
/// Lists in pages (kubernetes.io, "Retrieving large results sets in chunks"), each read as it comes and then let go, so that a list takes no more
/// room than a page.
/// </summary>
internal sealed class ObjectPages(KubeApi api)
{
    private const int PageSize = 500;
    private const int Restarts = 3;

    // custom resources may nest deep
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 512 };

    private PageBuffer next = new();
    private PageBuffer current = new();

    /// <summary>Reads every object that a path lists.</summary>
    /// <param name="begin">Called when the list begins, and again when it has to begin anew: its state is too old for the server (410).</param>
    /// <returns>The last answer; its status says how it went.</returns>
    public async Task<ApiAnswer> ReadAsync(string path, Action begin, ReadItem read, CancellationToken cancellation)
    {
        for (var round = 0; ; round++)
        {
            begin();
            var answer = await RoundAsync(path, read, cancellation);
            if (answer.Status != 410 || round == Restarts)
            {
                return answer;
            }
        }
    }

    private async Task<ApiAnswer> RoundAsync(string path, ReadItem read, CancellationToken cancellation)
    {
        var asked = AskAsync(path, null, cancellation);
        while (true)
        {
            var answer = await asked;
            if (!answer.IsOk)
            {
                return answer;
            }

            // the next page is on its way while this one is read
            (current, next) = (next, current);
            string? more;
            try
            {
                more = Continue(answer.Body.Span);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return NoJson;
            }

            asked = string.IsNullOrEmpty(more) ? Task.FromResult(answer) : AskAsync(path, more, cancellation);
            try
            {
                Items(answer.Body, read);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                await asked;
                return NoJson;
            }

            if (string.IsNullOrEmpty(more))
            {
                return answer;
            }
        }
    }

    private static ApiAnswer NoJson => new(0, default, "sent a list that is no JSON as it should be");

    private Task<ApiAnswer> AskAsync(string path, string? token, CancellationToken cancellation) =>
        api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?limit={PageSize}{(token is null ? "" : "&continue=" + Uri.EscapeDataString(token))}"), next, cancellation);

    // the API server writes a list's metadata before its items
    private static string? Continue(ReadOnlySpan<byte> page)
    {
        Utf8JsonReader reader = new(page, Deep);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            reader.Read();
            string? token = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var named = reader.ValueTextEquals("continue"u8);
                reader.Read();
                token = named ? reader.GetString() : token;
                reader.Skip();
            }

            return token;
        }

        return null;
    }

    private static void Items(ReadOnlyMemory<byte> page, ReadItem read)
    {
        Utf8JsonReader reader = new(page.Span, Deep);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var items = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!items || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                read(ref reader, page);
            }
        }
    }
}
