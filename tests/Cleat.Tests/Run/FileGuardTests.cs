using Cleat.Formats;
using Cleat.Tests.Files;

namespace Cleat.Tests.Run;

/// <summary>One file's accident is that file's: the rest of the run is reported, and planned, all the same.</summary>
public sealed class FileGuardTests : IDisposable
{
    private readonly TemporaryTree folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_fault_in_reading_is_an_error_of_the_file()
    {
        folder.Write("a.bad");
        folder.Write("Dockerfile", "FROM nginx:1.27\n");
        var report = Open(_ => throw new InvalidOperationException("one\ntwo")).Judge(TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (report.Findings.Count, report.Errors.Count));
        var error = report.Errors[0];
        Assert.Equal(("internal", folder.At("a.bad")), (error.Code, error.File));
        Assert.EndsWith("please report it with the file. InvalidOperationException: one two", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_confirming_is_an_error_of_the_file_and_the_others_are_planned()
    {
        folder.Write("a.bad", "FROM nginx:1.27\n");
        folder.Write("Dockerfile", "FROM nginx:1.27\n");
        var reads = 0;
        var report = Open(reading =>
        {
            if (Interlocked.Increment(ref reads) > 1)
            {
                throw new InvalidCastException("x");
            }

            FormatList.All.First(f => f.Name == "dockerfile").Read!(reading);
        }).Judge(TestContext.Current.CancellationToken);
        Assert.Equal((2, 0), (report.Findings.Count, report.Errors.Count));

        using var registry = RegistryClient.From(Path.Combine(Formats.CaseFiles.Root, "../../../examples/registry"));
        var plan = await report.PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(folder.At("Dockerfile"), Assert.Single(plan.Changes).File);
        Assert.Equal(("internal", folder.At("a.bad")), (Assert.Single(plan.Report.Errors).Code, plan.Report.Errors[0].File));
        plan.Write(TestContext.Current.CancellationToken);
        Assert.Equal("FROM nginx:1.27\n", await File.ReadAllTextAsync(folder.At("a.bad"), TestContext.Current.CancellationToken));
        Assert.StartsWith("FROM nginx:1.27@sha256:", await File.ReadAllTextAsync(folder.At("Dockerfile"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_is_no_accident()
    {
        folder.Write("a.bad");
        Assert.Throws<OperationCanceledException>(() => Open(_ => throw new OperationCanceledException()).Judge(TestContext.Current.CancellationToken));
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Open(_ => stop.Cancel()).Judge(stop.Token));
    }

    private ImageTree Open(Action<Reading> read) =>
        ImageTree.Open([folder.Root], new() { Config = new() { Formats = [new Format("bad", "Bad", "*.bad") { Read = read }] } });
}
