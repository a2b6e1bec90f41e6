using BenchmarkDotNet.Attributes;
using Cleat.Findings;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Benchmarks;

/// <summary>The parser of references and the one judge, on each kind of text they meet.</summary>
[MemoryDiagnoser]
public class ReferenceBenchmarks
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Params(
        "nginx",
        "registry.example.com:5000/team/app:v1.2.3",
        "registry.example.com:5000/team/app:v1.2.3@sha256:" + Hex,
        "nginx@sha256:0123",
        "${REGISTRY}/app:${TAG:-1.27}")]
    public string Text { get; set; } = "";

    [Benchmark(Baseline = true)]
    public bool Parse() => ImageReference.TryParse(Text, out _, out _);

    [Benchmark]
    public Verdict Judge() => Policy.Judge(Text).Verdict;
}
