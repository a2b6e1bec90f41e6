using System.Text;
using BenchmarkDotNet.Attributes;
using Cleat.Formats;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Benchmarks;

/// <summary>The parser of references and the readers of files, on texts made here.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i =>
        $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web{i}}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n        image: ghcr.io/acme/web:v{i}\n")));

    private static readonly byte[] Dockerfile = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i =>
        $"FROM golang:1.{i} AS build{i}\nRUN go build \\\n  -o /app .\n")));

    [Benchmark]
    public bool Reference() => ImageReference.TryParse("registry.example.com:5000/team/app:v1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", out _, out _);

    [Benchmark]
    public int Kubernetes() => FileReading.Read(new SourceText("web.yaml", Manifest)).Uses.Count;

    [Benchmark]
    public bool Glance() => FileReading.MayMatter("web.yaml", Manifest);

    [Benchmark]
    public int Dockerfiles() => FileReading.Read(new SourceText("Dockerfile", Dockerfile)).Uses.Count;
}
