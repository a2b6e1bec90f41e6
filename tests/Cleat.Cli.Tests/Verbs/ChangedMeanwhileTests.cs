using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>What another program does to a file while the registry is asked is kept.</summary>
public sealed class ChangedMeanwhileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_changed_file_is_not_written()
    {
        var (code, error, before) = await PinWhile(file => File.WriteAllText(file, "FROM other:2\n"));
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("Dockerfile: error[write]: it changed since it was read: run again", error, StringComparison.Ordinal);
        Assert.Equal("FROM other:2\n", folder.Read("Dockerfile"));
        Assert.NotEqual("FROM other:2\n", before);
    }

    [Fact]
    public async Task A_file_of_the_same_length_and_time_is_compared_by_its_bytes()
    {
        var (code, _, before) = await PinWhile(file =>
        {
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllText(file, File.ReadAllText(file).Replace("app:1", "app:2", StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(file, time);
        });
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Equal(before.Replace("app:1", "app:2", StringComparison.Ordinal), folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task A_deleted_file_does_not_come_back()
    {
        var (code, error, _) = await PinWhile(File.Delete);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("Dockerfile: error[write]: it is not there any more", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["Dockerfile"]));
    }

    [Fact]
    public async Task A_file_that_became_a_link_out_of_the_tree_is_not_followed()
    {
        using TemporaryFolder elsewhere = new();
        var text = "";
        var (code, error, _) = await PinWhile(file =>
        {
            text = File.ReadAllText(file);
            elsewhere.Put("Dockerfile", text);
            File.Delete(file);
            File.CreateSymbolicLink(file, elsewhere["Dockerfile"]);
        });
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("Dockerfile: error[write]: it is a link to ", error, StringComparison.Ordinal);
        Assert.Equal(text, elsewhere.Read("Dockerfile"));
        Assert.NotNull(new FileInfo(folder["Dockerfile"]).LinkTarget);
    }

    [Fact]
    public async Task A_file_that_became_a_folder_is_left_alone()
    {
        var (code, _, _) = await PinWhile(file =>
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        });
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.True(Directory.Exists(folder["Dockerfile"]));
    }

    /// <summary>Pins a Dockerfile and a pod; the Dockerfile is changed when the registry is asked. The pod is pinned all the same.</summary>
    private async Task<(int Code, string Error, string Before)> PinWhile(Action<string> change)
    {
        SampleImage image = new("linux/amd64");
        var changed = 0;
        await using ScriptedServer server = new(_ =>
        {
            if (Interlocked.Exchange(ref changed, 1) == 0)
            {
                change(folder["Dockerfile"]);
            }

            return Replies.Manifest(image.Index, SampleImage.IndexType);
        });
        var before = $"FROM {server.Host}/app:1\n";
        folder.Put("Dockerfile", before);
        folder.Put("pod.yaml", $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: {server.Host}/app:1\n");
        var (code, _, error) = await InProcess.RunAsync("", "pin", "--plain-http", server.Host, folder.Path);
        Assert.Equal(1, changed);
        Assert.Contains($"app:1@{image.IndexDigest}\n", folder.Read("pod.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder.Path), f => Path.GetFileName(f).StartsWith(".cleat-", StringComparison.Ordinal));
        return (code, error, before);
    }
}
