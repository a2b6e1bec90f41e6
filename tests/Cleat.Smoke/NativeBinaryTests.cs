using System.Diagnostics;

namespace Cleat.Smoke;

/// <summary>Runs the published native binary: $CLEAT_BINARY, or artifacts/publish/cleat.</summary>
public sealed class NativeBinaryTests : IDisposable
{
    internal static readonly string Binary = Environment.GetEnvironmentVariable("CLEAT_BINARY") ?? Path.Combine(SourceTree.Root, "artifacts/publish/cleat");

    private readonly string work = Directory.CreateTempSubdirectory("cleat-smoke").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public void It_is_there_and_small()
    {
        Assert.True(File.Exists(Binary), $"{Binary} is missing: dotnet publish src/Cleat.Cli -c Release -r linux-x64 -o artifacts/publish");
        Assert.InRange(new FileInfo(Binary).Length, 1_000_000, 28_000_000);
    }

    [Fact]
    public void It_says_its_version()
    {
        var (code, output, error) = Run("", "--version");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^cleat \d+\.\d+\.\d+\S*\n$", output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("pin", "--help")]
    [InlineData("check", "-h")]
    [InlineData("resolve", "--help")]
    public void Help_has_worked_examples(params string[] args)
    {
        var (code, output, _) = Run("", args);
        Assert.Equal(0, code);
        Assert.Contains("Examples:\n  cleat ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_main_job_from_find_to_pin_and_back()
    {
        Copy(Path.Combine(SourceTree.Root, "examples"), work);
        var layout = Path.Combine(work, "registry");
        var before = Files();

        var (code, output, _) = Run("", "check");
        Assert.Equal(1, code);
        Assert.Contains("k8s/web.yaml:14:18", output, StringComparison.Ordinal);
        Assert.Contains("Dockerfile:", output, StringComparison.Ordinal);

        Assert.Equal(1, Run("", "pin", "--from", layout, "--check").Code);
        Assert.Equal(1, Run("", "pin", "--from", layout, "--diff").Code);
        Assert.Equal(before, Files());

        Assert.Equal(0, Run("", "pin", "--from", layout).Code);
        Assert.Equal(0, Run("", "check").Code);
        Assert.Equal(0, Run("", "pin", "--from", layout, "--check").Code);

        Assert.Equal(0, Run("", "unpin", "compose.yaml", "Dockerfile", "tags").Code);
        var after = Files();
        Assert.Equal(before["compose.yaml"], after["compose.yaml"]);
        Assert.Equal(before["Dockerfile"], after["Dockerfile"]);
        Assert.Equal(before["tags/nginx-1.27.json"], after["tags/nginx-1.27.json"]);
    }

    [Fact]
    public void Standard_input_is_a_file_too()
    {
        var (code, output, _) = Run("FROM nginx:1.27\n", "check", "-", "--stdin-name", "Dockerfile");
        Assert.Equal(1, code);
        Assert.Contains("Dockerfile:1:6", output, StringComparison.Ordinal);
        var pinned = Run("FROM nginx:1.27\n", "pin", "-", "--stdin-name", "Dockerfile", "--from", Path.Combine(SourceTree.Root, "examples/registry"));
        Assert.Equal(0, pinned.Code);
        Assert.Matches("^FROM nginx:1.27@sha256:[0-9a-f]{64}\n$", pinned.Output);
    }

    [Theory]
    [InlineData("check", "--no-such-option")]
    [InlineData("check", "--format", "xml")]
    [InlineData("resolve", "Not A Reference")]
    [InlineData("pin", "--from", "/nowhere")]
    [InlineData("no-such-verb")]
    public void A_wrong_command_line_is_one_line_and_exit_2(params string[] args)
    {
        var (code, output, error) = Run("", args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("cleat: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public void A_path_that_is_not_there_makes_exit_3() => Assert.Equal(3, Run("", "check", "no/such/path").Code);

    private Dictionary<string, string> Files() => Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(work, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    private (int Code, string Output, string Error) Run(string input, params string[] args)
    {
        ProcessStartInfo start = new(Binary, args) { WorkingDirectory = work, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static void Copy(string from, string to)
    {
        // all but the program there, with what it was built to
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !Path.GetRelativePath(from, f).StartsWith("library/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
