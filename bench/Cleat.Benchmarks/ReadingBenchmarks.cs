using System.Text;
using BenchmarkDotNet.Attributes;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Benchmarks;

/// <summary>The readers of files, on texts made here.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i =>
        $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web{i}}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n        image: ghcr.io/acme/web:v{i}\n")));

    private static readonly byte[] Dockerfile = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i =>
        $"FROM golang:1.{i} AS build{i}\nRUN go build \\\n  -o /app .\n")));

    private static readonly byte[] Services = Encoding.UTF8.GetBytes("services:\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
        $"  web{i}:\n    image: ghcr.io/acme/web:${{TAG:-v{i}}}\n    ports: [\"80{i}:80\"]\n")));

    [Benchmark]
    public int Kubernetes() => FileReading.Read(new SourceText("web.yaml", Manifest)).Uses.Count;

    [Benchmark]
    public bool Glance() => FormatSet.BuiltIn.Claiming("web.yaml", Manifest, Surroundings.None).Count > 0;

    [Benchmark]
    public int Compose() => FileReading.Read(new SourceText("compose.yaml", Services)).Uses.Count;

    [Benchmark]
    public int Dockerfiles() => FileReading.Read(new SourceText("Dockerfile", Dockerfile)).Uses.Count;
}
