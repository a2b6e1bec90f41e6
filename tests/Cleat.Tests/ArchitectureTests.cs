using System.Text.RegularExpressions;

namespace Cleat.Tests;

/// <summary>The shape of the source tree, read from the sources themselves.</summary>
public sealed partial class ArchitectureTests
{
    private const long LargestFile = 16 * 1024;

    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("Text")]
    [InlineData("References")]
    [InlineData("Trees")]
    [InlineData("Formats")]
    [InlineData("Findings")]
    [InlineData("Pinning")]
    [InlineData("Running")]
    public void The_pure_folders_touch_neither_network_nor_disk(string folder)
    {
        var path = Path.Combine(Root, "src", "Cleat", folder);
        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : [];
        Assert.All(files, file => Assert.DoesNotMatch(Impure(), File.ReadAllText(file)));
    }

    [Fact]
    public void No_source_file_is_large() =>
        Assert.All(Sources(), file => Assert.True(new FileInfo(file).Length <= LargestFile, $"{file} is larger than {LargestFile} bytes: split it"));

    [Fact]
    public void No_type_is_named_after_nothing() =>
        Assert.All(Sources(), file => Assert.DoesNotMatch(EmptyName(), File.ReadAllText(file)));

    [Theory]
    [InlineData("using Cleat.Registries;", true)]
    [InlineData("using System.Net.Http;", true)]
    [InlineData("File.ReadAllText(path)", true)]
    [InlineData("global::System.IO.File.Exists(path)", true)]
    [InlineData("new HttpClient()", true)]
    [InlineData("finding.File.Length", false)]
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

    private static List<string> Sources()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToList();
        Assert.NotEmpty(found);
        return found;
    }

    // System.IO.File is in scope by itself: a static call on it counts, a property named File does not
    [GeneratedRegex(@"\bCleat\.(Registries|Files)\b|\bSystem\.Net\b|\bSystem\.IO\.(File|Directory)\b|(?<![.\w])(File|Directory|FileStream|FileInfo|DirectoryInfo)\.[A-Z]|\bnew (FileStream|FileInfo|DirectoryInfo|HttpClient)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Impure();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w*(Manager|Helpers?|Utils?|Utility|Service|Impl)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyName();

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Cleat.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Cleat.slnx stands in no folder above the tests");
    }
}
