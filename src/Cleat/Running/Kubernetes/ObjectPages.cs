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

    // ten million objects: some 60 times what Kubernetes is made for
    private const int MostPages = 20_000;

    // a page may be empty although more follow ("Retrieving large results sets in chunks"), but not for ever
    private const int MostEmptyPages = 20;

    // API servers' own tokens have some hundred characters
    private const int LongestToken = 16 * 1024;

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
        HashSet<string> tokens = new(StringComparer.Ordinal);
        var empty = 0;
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

            if (Endless(more, tokens) is { } endless)
            {
                return endless;
            }

            asked = string.IsNullOrEmpty(more) ? Task.FromResult(answer) : AskAsync(path, more, cancellation);
            try
            {
                empty = Items(answer.Body, read) > 0 ? 0 : empty + 1;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                await asked;
                return NoJson;
            }

            if (empty > MostEmptyPages)
            {
                await asked;
                return Broken($"sent {empty} empty pages in a row and says that more follow");
            }

            if (string.IsNullOrEmpty(more))
            {
                return answer;
            }
        }
    }

    private static ApiAnswer NoJson => Broken("sent a list that is no JSON as it should be");

    private static ApiAnswer Broken(string problem) => new(0, default, problem);

    // a token that comes again would lead through the same pages for ever
    private static ApiAnswer? Endless(string? token, HashSet<string> tokens) =>
        string.IsNullOrEmpty(token) ? null
        : token.Length > LongestToken ? Broken("sent a continue token that is too long to be one")
        : !tokens.Add(token) ? Broken("repeats its continue token: the list would never end")
        : tokens.Count >= MostPages ? Broken(string.Create(CultureInfo.InvariantCulture, $"has not ended a list after {MostPages} pages"))
        : null;

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

    // how many there were
    private static int Items(ReadOnlyMemory<byte> page, ReadItem read)
    {
        var count = 0;
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
                count++;
            }
        }

        return count;
    }
}
