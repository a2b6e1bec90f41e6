using System.Text.RegularExpressions;
using Cleat.References;
using Cleat.Tests.Formats;

namespace Cleat.Tests.References;

public sealed partial class KnownRegistriesTests
{
    [Fact]
    public void Docker_Hub_goes_by_several_hosts()
    {
        Assert.All(["docker.io", "index.docker.io", "registry-1.docker.io"], host => Assert.Equal("docker.io", KnownRegistries.NameOf(host)));
        Assert.Equal("registry-1.docker.io", KnownRegistries.ApiHost("docker.io"));
        Assert.Equal("https://index.docker.io/v1/", KnownRegistries.CredentialServer("docker.io"));
        Assert.Equal("index.docker.io", KnownRegistries.CosignName("docker.io"));
        Assert.Equal("library/nginx", KnownRegistries.FullRepository("docker.io", "nginx"));
        Assert.Equal("team/nginx", KnownRegistries.FullRepository("docker.io", "team/nginx"));
    }

    [Fact]
    public void Every_other_registry_is_what_it_is_called()
    {
        const string Host = "r.example:5000";
        Assert.All([KnownRegistries.NameOf(Host), KnownRegistries.ApiHost(Host), KnownRegistries.CredentialServer(Host), KnownRegistries.CosignName(Host)], name => Assert.Equal(Host, name));
        Assert.Equal("nginx", KnownRegistries.FullRepository(Host, "nginx"));
    }

    [Fact]
    public void No_other_source_of_the_library_names_a_registry()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(CaseFiles.Root, "..", "..", "..", "src", "Cleat"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin") && Path.GetFileName(f) != "KnownRegistries.cs")
            .ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, file => Assert.DoesNotContain(File.ReadLines(file), line => Registry().IsMatch(line)));
    }

    // in a string, not in a comment
    [GeneratedRegex("""^[^/]*"[^"]*\b(docker|ghcr|gcr|quay|azurecr|amazonaws|pkg)\.(io|com|dev)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Registry();
}
