using System.Text.Json;
using System.Text.RegularExpressions;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries.Client;

internal sealed partial class ManifestRequest
{
    /// <summary>Tags that are asked for with each page; a registry may give fewer.</summary>
    private const int PageSize = 1000;

    /// <summary>A repository with more than this is not listed to its end.</summary>
    private const int MostPages = 500;

    /// <summary>Lists the repository's tags, page by page (OCI distribution-spec, "Listing Tags").</summary>
    internal async Task<Resolution> TagsAsync(CancellationToken cancellation)
    {
        List<string> tags = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        var page = new Uri(origin, $"{endpoint.Base}{endpoint.Repository}/tags/list?n={PageSize}{(endpoint.Query.Length > 0 ? "&" + endpoint.Query[1..] : "")}");
        while (seen.Add(page.AbsoluteUri))
        {
            var got = await AskAsync(HttpMethod.Get, page, "application/json", cancellation);
            if (!got.IsOk)
            {
                return got.Failure;
            }

            if (got.Value.Status != 200 || !JsonText.TryObject(got.Value.Body, out var json))
            {
                return got.Value.Status == 200 ? new Resolution.Refused($"{List}: the registry answers with something that is no list of tags")
                    : got.Value.Status == 404 ? new Resolution.NotFound($"{reference.Registry} has no repository {reference.Repository}: check its spelling")
                    : Failed(got.Value);
            }

            using (json)
            {
                if (JsonText.Child(json.RootElement, "tags", JsonValueKind.Array) is { } list)
                {
                    tags.AddRange(list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!).Where(IsTag));
                }
            }

            if (Next(got.Value, out var refused) is not { } next)
            {
                return refused ?? new Resolution.Listed(tags);
            }

            if (seen.Count >= MostPages)
            {
                return new Resolution.Refused($"{List}: more than {MostPages} pages of tags");
            }

            page = next;
        }

        return new Resolution.Refused($"{List}: its pages of tags go in a circle");
    }

    private string List => $"{reference.Registry}/{reference.Repository}";

    // a page elsewhere would be asked with these credentials
    private Uri? Next(RegistryReply reply, out Resolution? refused)
    {
        refused = null;
        if (reply.Link is not { } link || NextLink().Match(link) is not { Success: true } match)
        {
            return null;
        }

        if (!Uri.TryCreate(reply.Uri, match.Groups["target"].Value, out var next) || !RegistryHost.SameOrigin(next, origin))
        {
            refused = new Resolution.Refused($"{List}: its next page of tags is said to lie elsewhere, which is not followed");
            return null;
        }

        return next;
    }

    private static bool IsTag(string text) => ImageReference.TryParse($"x:{text}", out var read, out _) && read.Tag == text;

    [GeneratedRegex("""<(?<target>[^<>]*)>\s*;[^,<>]*\brel\s*=\s*"?next"?""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NextLink();
}
