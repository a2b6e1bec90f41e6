using Cleat.Text;
using SharpYaml;
using SharpYaml.Model;

namespace Cleat.Admission.SignIn;

/// <summary>One program of the kubelet's CredentialProviderConfig (kubelet.config.k8s.io/v1).</summary>
internal sealed record CredentialProvider(string Name, IReadOnlyList<string> MatchImages, TimeSpan CacheDuration, string ApiVersion, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);

/// <summary>Reads the file that a kubelet is given with <c>--image-credential-provider-config</c>, or a folder of such files.</summary>
internal static class ProviderConfig
{
    /// <exception cref="CleatException">It cannot be read, or is not as the kubelet takes it.</exception>
    public static IReadOnlyList<CredentialProvider> Read(string path)
    {
        List<string> files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(f => System.IO.Path.GetExtension(f) is ".json" or ".yaml" or ".yml").Order(StringComparer.Ordinal)]
            : [path];
        List<CredentialProvider> all = [.. files.SelectMany(ReadFile)];
        return all.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice ? throw new CleatException($"{path}: two providers are called '{twice.Key}'")
            : all.Count > 0 ? all
            : throw new CleatException($"{path}: it has no credential provider");
    }

    private static IEnumerable<CredentialProvider> ReadFile(string file)
    {
        YamlElement? root;
        try
        {
            using StreamReader text = new(file);
            root = YamlStream.Load(text) is [var document, ..] ? document.Contents : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException)
        {
            throw new CleatException($"{file}: {e.Message.ReplaceLineEndings(" ")}");
        }

        if (Text(root, "kind") != "CredentialProviderConfig")
        {
            throw new CleatException($"{file}: it is no CredentialProviderConfig of kubelet.config.k8s.io/v1");
        }

        return [.. Items(root, "providers").Select(p => Provider(file, p))];
    }

    private static CredentialProvider Provider(string file, YamlElement item)
    {
        var name = Text(item, "name") ?? "";
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', ' '))
        {
            throw new CleatException($"{file}: '{PrintableText.Abbreviated(name)}' is no name of a program");
        }

        List<string> images = [.. Items(item, "matchImages").Select(Text).OfType<string>()];
        var apiVersion = Text(item, "apiVersion");
        return images.Count == 0 ? throw new CleatException($"{file}: {name} has no matchImages")
            : apiVersion is not ("credentialprovider.kubelet.k8s.io/v1" or "credentialprovider.kubelet.k8s.io/v1beta1") ? throw new CleatException($"{file}: {name} has no apiVersion that is known: credentialprovider.kubelet.k8s.io/v1")
            : Text(item, "defaultCacheDuration") is not { } duration || GoDuration.Read(duration) is not { } time ? throw new CleatException($"{file}: {name} has no defaultCacheDuration, such as 12h")
            : new(
                name, images, time, apiVersion,
                [.. Items(item, "args").Select(Text).OfType<string>()],
                Items(item, "env").Where(e => Text(e, "name") is { Length: > 0 }).ToDictionary(e => Text(e, "name")!, e => Text(e, "value") ?? "", StringComparer.Ordinal));
    }

    private static YamlElement? Child(YamlElement? parent, string key) => parent is YamlMapping map && map.TryGetValue(key, out var child) ? child : null;

    private static string? Text(YamlElement? value) => (value as YamlValue)?.Value;

    private static string? Text(YamlElement? parent, string key) => Text(Child(parent, key));

    private static IEnumerable<YamlElement> Items(YamlElement? parent, string key) => Child(parent, key) as YamlSequence ?? Enumerable.Empty<YamlElement>();
}

/// <summary>Durations as Go writes them: <c>12h</c>, <c>1h30m</c>, <c>0s</c>.</summary>
internal static class GoDuration
{
    private static readonly System.Buffers.SearchValues<char> Number = System.Buffers.SearchValues.Create("0123456789.");

    /// <returns>Null for what is none, or negative.</returns>
    public static TimeSpan? Read(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        var total = 0.0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Number);
            if (digits <= 0 || !double.TryParse(rest[..digits], System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var length = rest.IndexOfAny(Number) is >= 0 and var next ? next : rest.Length;
            double? unit = rest[..length] switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 0.001, "us" or "µs" => 0.000001, "ns" => 0.000000001, _ => null };
            if (unit is null)
            {
                return null;
            }

            total += number * unit.Value;
            rest = rest[length..];
        }

        return text.Length > 0 && total < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(total) : null;
    }
}
