using System.Diagnostics;
using System.Text;
using Cleat.Cli.Options;
using Cleat.Files;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Tests.Formats;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.EndToEnd.Compose;

/// <summary>Debian's <c>docker-compose</c> takes the files of the cases when they are pinned, and would run exactly the images that were pinned.</summary>
public sealed class RealComposeTests
{
    // what version 1.29 does not take as it is: newer keys, no Compose file, a variable that must be set, an image beside build, a null, a template
    private static readonly string[] Refused = ["inline", "not-compose", "services", "version1", "arguments", "no-image", "templates"];

    // several files, which newer versions put together, or which are several projects
    private static readonly string[] Several = ["arguments-merged", "built-elsewhere", "by-content", "default-beside-value", "includes"];

    // malformed and dynamic references: nothing in them is pinned
    private static readonly string[] Unpinnable = ["env-wrong", "malformed"];

    public static TheoryData<string> Cases() =>
        [.. CaseFiles.Folders().Where(f => f.StartsWith("Compose/", StringComparison.Ordinal) && !Refused.Concat(Several).Concat(Unpinnable).Contains(Path.GetFileName(f)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_pinned_images_are_what_it_would_run(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("cleat-compose-").FullName;
        try
        {
            var files = CaseFiles.Inputs(folder);
            files.ForEach(name => File.Copy(Path.Combine(CaseFiles.Root, folder, name), Path.Combine(copy, name)));
            var compose = Assert.Single(files, name => name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal));
            var before = await ImagesAsync(copy, compose);

            Neighbours neighbours = new(TreeFiles.Of([copy]), asksGit: false);
            var read = files.ToDictionary(name => name, name => Read(neighbours, copy, name));
            foreach (var (name, (source, uses)) in read)
            {
                var changes = uses.Where(u => u.Verdict == Verdict.Unpinned).Select(u => Pinner.Pin(source, u, PinProperties.Fixed, PinStyle.TagDigest, out _)).OfType<PlannedChange>();
                await File.WriteAllBytesAsync(Path.Combine(copy, name), source.Apply(changes.SelectMany(c => c.Edits).Distinct()).Bytes.ToArray(), TestContext.Current.CancellationToken);
            }

            var after = await ImagesAsync(copy, compose);
            Assert.NotEmpty(before);
            Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
            var dynamic = read[compose].Uses.Where(u => u.Verdict is Verdict.Dynamic).Select(u => u.Path).ToList();
            var stays = read.Values.SelectMany(r => r.Uses).Where(u => u.Verdict == Verdict.Pinned || u.Site is PinSite.Nowhere).Select(u => u.Reference?.Original).ToList();
            Assert.All(before, image => Assert.Equal(dynamic.Contains(image.Key) || stays.Contains(image.Value) ? image.Value : $"{Tagged(image.Value)}@{PinProperties.Fixed}", after[image.Key]));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string Tagged(string image) => ImageReference.TryParse(image, out var reference, out _) && reference.Tag is null ? image + ":latest" : image;

    private static (SourceText Source, List<ImageUse> Uses) Read(Neighbours neighbours, string folder, string name)
    {
        var path = Path.Combine(folder, name);
        SourceText source = new(name, File.ReadAllBytes(path));
        return (source, FileReading.Read(source, beside: neighbours.Of(path)).Uses);
    }

    // what `config` prints is a Compose file with everything put in
    private static async Task<Dictionary<string, string>> ImagesAsync(string folder, string file)
    {
        using Process compose = new() { StartInfo = new("docker-compose", ["--file", file, "config"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            compose.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("docker-compose is not installed: apt-get install docker-compose");
        }

        var error = compose.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await compose.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await compose.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(compose.ExitCode == 0, await error);
        return FileReading.Read(new SourceText("compose.yaml", Encoding.UTF8.GetBytes(output))).Uses
            .Where(u => u.Path.EndsWith(".image", StringComparison.Ordinal))
            .ToDictionary(u => u.Path, u => u.Text);
    }
}
