using BenchmarkDotNet.Attributes;
using Cleat.Files;

namespace Cleat.Benchmarks;

/// <summary>The walk over a tree made here: 2,000 wanted files, as many that no format wants, and an ignored folder.</summary>
[MemoryDiagnoser]
public class WalkBenchmarks
{
    private string root = "";

    [Params(1, 4)]
    public int Jobs { get; set; }

    [Params(true, false)]
    public bool UseIgnoreFiles { get; set; }

    [GlobalSetup]
    public void MakeTree()
    {
        root = Directory.CreateTempSubdirectory("cleat-bench").FullName;
        File.WriteAllText(Path.Combine(root, ".gitignore"), "*.log\nnode_modules/\n!keep.log\n");
        for (var folder = 0; folder < 100; folder++)
        {
            Fill(Path.Combine(root, $"team{folder / 10}", $"app{folder}"), 20);
        }

        Fill(Path.Combine(root, "node_modules", "package"), 500);
    }

    [GlobalCleanup]
    public void RemoveTree() => Directory.Delete(root, recursive: true);

    [Benchmark]
    public int Walk()
    {
        var files = 0;
        FileWalker.Walk(
            [root],
            new WalkOptions { UseIgnoreFiles = UseIgnoreFiles, Jobs = Jobs, WantsPath = path => path.EndsWith(".yaml", StringComparison.Ordinal) },
            _ => Interlocked.Increment(ref files),
            (path, message) => throw new InvalidOperationException($"{path}: {message}"));
        return files;
    }

    private static void Fill(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"part{i}.yaml"), "kind: ConfigMap\n");
            File.WriteAllText(Path.Combine(folder, $"part{i}.log"), "");
        }
    }
}
