using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Json.Schema;

namespace Cleat.Cli.Tests.Reports;

/// <summary>
/// The reports as users get them, of every folder below <c>cases</c>: its files are read from inside it, with the arguments
/// in <c>arguments</c> or else <c>check</c>. <c>UPDATE=1</c> writes the goldens.
/// </summary>
[Collection(nameof(CurrentFolder))]
public sealed partial class GoldenTests
{
    private static readonly string Cases = Path.Combine(SourceTree.Root, "tests/Cleat.Cli.Tests/Reports/cases");

    public static TheoryData<string> Folders() => [.. Directory.EnumerateDirectories(Cases).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Text_is_the_expected_one(string folder) => Golden(folder, "text", await Run(folder, "text", "--color", "never"));

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Json_is_the_expected_one(string folder)
    {
        var report = await Run(folder, "json");
        Golden(folder, "json", report);
        using var json = JsonDocument.Parse(report);
        foreach (var use in json.RootElement.GetProperty("references").EnumerateArray())
        {
            Stands(Path.Combine(Cases, folder, use.GetProperty("file").GetString()!), use);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Sarif_is_the_expected_one(string folder) => Golden(folder, "sarif", await Run(folder, "sarif"));

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Github_is_the_expected_one(string folder)
    {
        var report = await Run(folder, "github");
        Golden(folder, "github", report);
        Assert.All(report.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^::(error|warning|notice) [^:]*title=[^:,]*::.", line));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Gitlab_is_the_expected_one_and_as_documented(string folder)
    {
        var report = await Run(folder, "gitlab");
        Golden(folder, "gitlab", report);
        using var json = JsonDocument.Parse(report);
        Assert.True(GitLabSchema.Value.Evaluate(json.RootElement).IsValid, report);
        Assert.Distinct(json.RootElement.EnumerateArray().Select(i => i.GetProperty("fingerprint").GetString()));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Junit_is_the_expected_one_and_as_documented(string folder)
    {
        var report = await Run(folder, "junit");
        Golden(folder, "junit", report);
        var document = XDocument.Parse(report);
        document.Validate(JUnitSchema.Value, (_, e) => Assert.Fail(e.Message));
        foreach (var suite in document.Root!.Elements())
        {
            Assert.Equal((string?)suite.Attribute("tests"), suite.Elements("testcase").Count().ToString(CultureInfo.InvariantCulture));
            Assert.Equal((string?)suite.Attribute("failures"), suite.Descendants("failure").Count().ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Markdown_is_the_expected_one(string folder) => Golden(folder, "markdown", await Run(folder, "markdown"));

    /// <summary>Colour is added, nothing else; and no other escape sequence reaches a terminal.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Colour_changes_no_text(string folder)
    {
        var plain = await Run(folder, "text", "--color", "never");
        var painted = await Run(folder, "text", "--color", "always");
        Assert.Equal(plain, Sgr.Replace(painted, ""));
        Assert.DoesNotContain(plain, c => c != '\n' && char.IsControl(c));
        Assert.Equal(plain.Contains("help:", StringComparison.Ordinal), painted.Contains("\u001b[1mhelp\u001b[0m:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Colour_stands_where_it_belongs() =>
        Golden("several", "colour", (await Run("several", "text", "--color", "always")).Replace("\u001b", @"\e", StringComparison.Ordinal));

    [Fact]
    public async Task Fingerprints_follow_a_reference_to_another_line()
    {
        var before = Fingerprints(await Run("several", "sarif"));
        var copy = Directory.CreateTempSubdirectory("cleat-moved").FullName;
        try
        {
            MoveDown("several", copy);
            var after = Fingerprints(await Run(copy, "sarif"));
            Assert.Equal(before, after);
            Assert.Equal(before.Count, before.Distinct().Count());
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static void MoveDown(string folder, string copy)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Cases, folder)).Where(f => !Path.GetFileName(f).StartsWith("expected.", StringComparison.Ordinal)))
        {
            File.WriteAllText(Path.Combine(copy, Path.GetFileName(file)), "# one line more\n\n" + File.ReadAllText(file));
        }
    }

    private static List<string?> Fingerprints(string sarif)
    {
        using var json = JsonDocument.Parse(sarif);
        return [.. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(r => r.GetProperty("partialFingerprints").GetProperty("cleat/v1").GetString())];
    }

    // line and column are those of the offset, all counted in bytes
    private static void Stands(string path, JsonElement use)
    {
        var file = File.ReadAllBytes(path);
        var (offset, length) = (use.GetProperty("offset").GetInt32(), use.GetProperty("length").GetInt32());
        Assert.InRange(offset + length, offset, file.Length);
        var before = file.AsSpan(0, offset);
        var line = before.Count((byte)'\n') + before.Count((byte)'\r') - before.Count("\r\n"u8) + 1;
        Assert.Equal(line, use.GetProperty("line").GetInt32());
        Assert.Equal(offset - before.LastIndexOfAny((byte)'\n', (byte)'\r'), use.GetProperty("column").GetInt32());
    }

    private static async Task<string> Run(string folder, string format, params string[] more)
    {
        var here = Directory.GetCurrentDirectory();
        using TemporaryFolder around = new();
        var repository = Directory.CreateDirectory(Path.Combine(around.Path, "repository")).FullName;
        Copy(Path.Combine(Cases, folder), repository);
        Directory.CreateDirectory(Path.Combine(repository, ".git"));
        await File.WriteAllTextAsync(Path.Combine(repository, ".git/HEAD"), "ref: refs/heads/main\n");
        // goldens name no folder of this machine
        Directory.CreateSymbolicLink(Path.Combine(around.Path, "registry"), Path.Combine(SourceTree.Root, "examples/registry"));
        Directory.SetCurrentDirectory(repository);
        try
        {
            var given = File.Exists("arguments") ? (await File.ReadAllTextAsync("arguments")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : ["check"];
            var (code, output, error) = await InProcess.RunAsync("", [.. given, "--format", format, "--exclude", "expected.*", .. more, "."]);
            return format == "text"
                ? string.Create(CultureInfo.InvariantCulture, $"{output}--- stderr\n{error}--- exit {code}\n")
                : output;
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    // a repository of its own: reports call files by their paths in it
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static readonly Lazy<JsonSchema> GitLabSchema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(Cases, "../schemas/gitlab-code-quality.schema.json"))));

    private static readonly Lazy<XmlSchemaSet> JUnitSchema = new(() =>
    {
        XmlSchemaSet schemas = new();
        schemas.Add("", Path.Combine(Cases, "../schemas/junit.xsd"));
        return schemas;
    });

    private static void Golden(string folder, string extension, string found)
    {
        var path = Path.Combine(Cases, folder, "expected." + extension);
        found = found.Replace($"ersion\": \"{CleatCommand.Version}\"", "ersion\": \"VERSION\"", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, found);
        }

        Assert.True(File.Exists(path), $"{path} is missing: write it with UPDATE=1, and read it");
        Assert.Equal(File.ReadAllText(path, Encoding.UTF8), found);
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Sgr { get; }
}

/// <summary>Tests that stand in a folder of their own: the current folder is the process's, so they run by themselves.</summary>
[CollectionDefinition(nameof(CurrentFolder), DisableParallelization = true)]
public sealed class CurrentFolder;
