using System.Text.RegularExpressions;

namespace Cleat.Tests;

/// <summary>The shape of the source tree, read from the sources themselves.</summary>
public sealed partial class ArchitectureTests
{
    private const long LargestFile = 16 * 1024;


    /// <summary>Which rooms of the library may use which: what is missing here is refused.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Text"] = [],
        ["Programs"] = [],
        ["References"] = ["Text"],
        ["Trees"] = ["Text"],
        ["Uses"] = ["Text", "References", "Trees"],
        ["Formats"] = ["Text", "References", "Trees", "Uses"],
        ["Files"] = ["Text", "Formats", "Programs"],
        ["Running"] = ["Text", "References", "Trees", "Uses"],
        ["Findings"] = ["Text", "References", "Trees", "Uses", "Running", "Formats", "Rewriting"],
        ["Rewriting"] = ["Text", "References", "Trees", "Uses", "Formats"],
        ["Registries"] = ["Text", "References", "Trees", "Files", "Programs"],
        ["Configuration"] = ["Text", "References", "Trees", "Uses", "Formats", "Findings", "Rewriting", "Files"],
        ["Admission"] = ["Text", "References"],
        ["Locking"] = ["Text", "References", "Trees", "Files", "Registries", "Configuration"],
        ["Running/Plans"] = ["Text", "References", "Uses", "Running", "Findings", "Registries", "Configuration"],
        ["Running/Docker"] = ["Text", "References", "Trees", "Uses", "Running", "Running/Plans", "Formats", "Findings", "Registries", "Files"],
        ["Running/Kubernetes"] = ["Text", "References", "Trees", "Uses", "Running", "Running/Plans", "Formats", "Findings", "Rewriting", "Registries", "Files", "Programs"],
        ["Run"] = ["Text", "References", "Uses", "Formats", "Findings", "Rewriting", "Files", "Registries", "Configuration", "Locking", "Running", "Running/Docker", "Running/Kubernetes", "Running/Plans"],
    };

    // rooms without network and disk: what they need is handed to them
    private static readonly string[] Pure = ["Text", "References", "Trees", "Uses", "Formats", "Findings", "Rewriting", "Running", "Admission"];

    [Fact]
    public void Each_room_uses_only_what_it_may()
    {
        foreach (var (room, file, used) in Usings())
        {
            Assert.True(MayUse.TryGetValue(room, out var may), $"the room {room} is not in the table: say what it may use");
            Assert.True(used == room || may.Contains(used), $"{file} uses {used}, which {room} may not");
        }
    }

    [Fact]
    public void Rooms_make_no_circle()
    {
        HashSet<string> done = [];
        while (MayUse.Keys.FirstOrDefault(room => !done.Contains(room) && MayUse[room].All(done.Contains)) is { } next)
        {
            done.Add(next);
        }

        Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pure_rooms_touch_neither_network_nor_disk() =>
        Assert.All(Sources().Where(f => Room(f) is { } room && Pure.Contains(room)), file => Assert.DoesNotMatch(Impure(), File.ReadAllText(file)));

    [Fact]
    public void No_source_file_is_large() =>
        Assert.All(Sources(), file => Assert.True(new FileInfo(file).Length <= LargestFile, $"{file} is larger than {LargestFile} bytes: split it"));

    [Fact]
    public void No_type_has_a_name_that_fits_anything() =>
        Assert.All(Sources(), file => Assert.DoesNotMatch(EmptyName(), File.ReadAllText(file)));

    [Theory]
    [InlineData("using Cleat.Registries;", true)]
    [InlineData("using System.Net.Http;", true)]
    [InlineData("File.ReadAllText(path)", true)]
    [InlineData("global::System.IO.File.Exists(path)", true)]
    [InlineData("new HttpClient()", true)]
    [InlineData("finding.File.Length", false)]
    [InlineData("File.IsOff ? 1 : 0", false)]
    [InlineData("using System.Numerics;", false)]
    [InlineData("public sealed record Finding(string File, int Line)", false)]
    public void The_rule_for_pure_folders_sees_what_it_should(string code, bool impure) => Assert.Equal(impure, Impure().IsMatch(code));

    [Theory]
    [InlineData("internal sealed class PathManager\n", true)]
    [InlineData("static class StringUtils", true)]
    [InlineData("readonly record struct ThingImpl(int X)", true)]
    [InlineData("interface IPathService", true)]
    [InlineData("sealed class Serviceable", false)]
    public void The_rule_for_names_sees_what_it_should(string code, bool empty) => Assert.Equal(empty, EmptyName().IsMatch(code));

    private static IEnumerable<(string Room, string File, string Used)> Usings() =>
        from file in Sources()
        let room = Room(file)
        where room is not null
        from System.Text.RegularExpressions.Match used in Using().Matches(File.ReadAllText(file))
        let parts = used.Groups[1].Value.Split('.')
        select (room, file, parts is ["Running", "Docker" or "Kubernetes" or "Plans", ..] ? $"Running/{parts[1]}" : parts[0]);

    // the library's folder that a file is in; null for the command line and for the library's own front
    private static string? Room(string file)
    {
        var parts = Path.GetRelativePath(Path.Combine(SourceTree.Root, "src", "Cleat"), file).Split(Path.DirectorySeparatorChar);
        return parts is [".." or "Cleat", ..] or [_] ? null : parts is ["Running", var inner, _, ..] ? $"Running/{inner}" : parts[0];
    }

    private static List<string> Sources()
    {
        var found = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToList();
        Assert.NotEmpty(found);
        return found;
    }

    // System.IO.File is in scope by itself: a static call on it counts, a property named File does not
    [GeneratedRegex(@"\bCleat\.(Registries|Files)\b|\bSystem\.Net\b|\bSystem\.IO\.(File|Directory)\b|(?<![.\w])(File|Directory|FileStream|FileInfo|DirectoryInfo)\.[A-Z]\w*\(|\bnew (FileStream|FileInfo|DirectoryInfo|HttpClient)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Impure();

    [GeneratedRegex(@"^using (?:static )?Cleat\.([\w.]+);", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w*(Manager|Helpers?|Utils?|Utility|Service|Impl)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyName();
}
