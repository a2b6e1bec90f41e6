using System.Security.Cryptography;
using System.Text.Json;
using Cleat.Tests;

namespace Cleat.EndToEnd.Packages;

/// <summary>Everything that a release has is installed in an empty folder, as its users would, and does its job.</summary>
public sealed class PackageTests(Release release) : IClassFixture<Release>
{
    private static readonly string[] Files =
    [
        "Cleat.VERSION.nupkg", "Cleat.Cli.VERSION.nupkg", "Cleat.Cli.any.VERSION.nupkg", "Cleat.Cli.linux-arm64.VERSION.nupkg", "Cleat.Cli.linux-x64.VERSION.nupkg",
        "cleat-VERSION-image-amd64.tar", "cleat-VERSION-image-arm64.tar", "cleat-VERSION-linux-arm64.tar.gz", "cleat-VERSION-linux-x64.tar.gz",
        "cleat-VERSION-osx-arm64.tar.gz", "cleat-VERSION-osx-x64.tar.gz", "cleat-VERSION-win-x64.zip", "cleat-VERSION.cdx.json", "install.sh",
    ];

    [Fact]
    public async Task Every_file_is_there_and_has_its_checksum()
    {
        var sums = (await File.ReadAllLinesAsync(release.File("SHA256SUMS"), TestContext.Current.CancellationToken)).ToDictionary(l => l[66..], l => l[..64]);
        Assert.Empty(Files.Select(f => f.Replace("VERSION", release.Version, StringComparison.Ordinal)).Except(sums.Keys));
        Assert.Equal(2, sums.Keys.Count(f => f.EndsWith(".deb", StringComparison.Ordinal)));
        foreach (var (name, sum) in sums)
        {
            await using var stream = File.OpenRead(release.File(name));
            Assert.Equal(sum, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task The_script_installs_and_what_it_installs_runs()
    {
        var home = release.Empty();
        Assert.Contains($"cleat {release.Version} is ", await Release.RunAsync(home, "sh", release.File("install.sh"), "--to", $"{home}/bin", "--from", release.Folder), StringComparison.Ordinal);
        await Release.DoesItsJobAsync(await release.ExamplesAsync(), $"{home}/bin/cleat");
    }

    [Fact]
    public async Task The_script_installs_nothing_whose_checksum_is_another()
    {
        var folder = release.Empty();
        File.Copy(release.File("SHA256SUMS"), $"{folder}/SHA256SUMS");
        await File.WriteAllTextAsync($"{folder}/cleat-{release.Version}-linux-x64.tar.gz", "not it", TestContext.Current.CancellationToken);
        var (code, output) = await Release.TryAsync(folder, "sh", release.File("install.sh"), "--to", $"{folder}/bin", "--from", folder);
        Assert.Equal(1, code);
        Assert.Contains("nothing was installed", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{folder}/bin"));
    }

    [Fact]
    public async Task The_archive_runs() => await Release.RunAsync(SourceTree.Root, "bash", "packaging/run-archive", release.Folder, "linux-x64");

    [Fact]
    public async Task The_tool_is_the_native_program_here()
    {
        var folder = release.Empty();
        await Release.RunAsync(folder, "dotnet", "tool", "install", "Cleat.Cli", "--tool-path", $"{folder}/tools", "--source", release.Folder, "--version", release.Version);
        Assert.Empty(Directory.EnumerateFiles($"{folder}/tools", "Cleat.Core.dll", SearchOption.AllDirectories));
        await Release.DoesItsJobAsync(await release.ExamplesAsync(), $"{folder}/tools/cleat");
    }

    [Fact]
    public async Task The_tool_for_other_systems_runs_on_the_runtime()
    {
        var folder = release.Empty();
        await Release.RunAsync(folder, "unzip", "-q", release.File("Cleat.Cli.any.VERSION.nupkg"));
        await Release.DoesItsJobAsync(await release.ExamplesAsync(), "dotnet", Directory.EnumerateFiles(folder, "cleat.dll", SearchOption.AllDirectories).Single());
    }

    [Fact]
    public async Task The_deb_holds_program_manual_and_completions()
    {
        var folder = release.Empty();
        var deb = Directory.EnumerateFiles(release.Folder, "*_amd64.deb").Single();
        await Release.RunAsync(folder, "dpkg-deb", "-x", deb, ".");
        await Release.DoesItsJobAsync(await release.ExamplesAsync(), $"{folder}/usr/bin/cleat");
        Assert.True(File.Exists($"{folder}/usr/share/man/man1/cleat.1.gz"));
        Assert.Contains("complete", await File.ReadAllTextAsync($"{folder}/usr/share/bash-completion/completions/cleat", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("libssl3", await Release.RunAsync(folder, "dpkg-deb", "--field", deb, "Depends"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_arm_it_runs_in_its_image()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qemu-aarch64-static"), "no qemu: apt-get install qemu-user-static");
        var root = release.Empty();
        await Unpack(release.File("cleat-VERSION-image-arm64.tar"), root);
        File.Copy("/usr/bin/qemu-aarch64-static", $"{root}/qemu");
        await Release.RunAsync(await release.ExamplesAsync(), "cp", "-r", ".", root);
        await Release.DoesItsJobAsync(root, "chroot", ".", "/qemu", "/app/cleat");
    }

    [Fact]
    public async Task On_windows_it_runs_as_far_as_wine_is_windows()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/wine"), "no wine: apt-get install wine wine64");
        var folder = release.Empty();
        await Release.RunAsync(folder, "unzip", "-q", release.File("cleat-VERSION-win-x64.zip"));
        await Release.DoesItsJobAsync(await release.ExamplesAsync(), "wine", $"{folder}/cleat-{release.Version}-win-x64/cleat.exe");
    }

    [Theory]
    [InlineData("osx-arm64", 0x0100000C)]
    [InlineData("osx-x64", 0x01000007)]
    public async Task What_cannot_be_run_here_is_at_least_for_its_machine(string runtime, int processor)
    {
        var folder = release.Empty();
        await Release.RunAsync(folder, "tar", "-xzf", release.File($"cleat-VERSION-{runtime}.tar.gz"));
        var bytes = await File.ReadAllBytesAsync($"{folder}/cleat-{release.Version}-{runtime}/cleat", TestContext.Current.CancellationToken);
        Assert.Equal((unchecked((int)0xFEEDFACF), processor), (BitConverter.ToInt32(bytes, 0), BitConverter.ToInt32(bytes, 4)));
    }

    [Fact]
    public async Task The_bill_of_materials_names_what_is_compiled_in()
    {
        using var bom = JsonDocument.Parse(await File.ReadAllTextAsync(release.File("cleat-VERSION.cdx.json"), TestContext.Current.CancellationToken));
        Assert.Equal("CycloneDX", bom.RootElement.GetProperty("bomFormat").GetString());
        var names = bom.RootElement.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "SharpYaml", "Tomlyn", "Polly.Core", "System.CommandLine" }, names);
    }

    /// <summary>An image's files, layer over layer.</summary>
    private static async Task Unpack(string image, string root)
    {
        await Release.RunAsync(root, "sh", "-c", $"mkdir .image && tar -xf '{image}' -C .image");
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync($"{root}/.image/manifest.json", TestContext.Current.CancellationToken));
        foreach (var layer in manifest.RootElement[0].GetProperty("Layers").EnumerateArray())
        {
            await Release.RunAsync(root, "tar", "-xf", $".image/{layer.GetString()}");
        }
    }
}
