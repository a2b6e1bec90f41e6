using Cleat;

// every reference in the folder, judged; .cleat.yaml says which rules hold and what is exempt
var report = ImageTree.Open([args[0]], new TreeOptions { Config = CleatConfig.Find(args[0]) }).Judge();
foreach (var finding in report.Findings.Where(f => f.IsOpen))
{
    Console.WriteLine($"{finding.File}:{finding.Position}: {finding.Use.Text} ({finding.Rule!.Name})");
}

// digests from a layout on disk; new RegistryClient(RegistrySettings.FromMachine()) asks the registries
using var registry = RegistryClient.From(args[1]);
var plan = await report.PlanPinsAsync(registry, new PinOptions { Style = PinStyle.TagDigest });
foreach (var change in plan.Changes)
{
    Console.Write(change.Diff);
}

// what could not be read, resolved or pinned, and why
foreach (var error in plan.Report.Errors)
{
    Console.Error.WriteLine($"{error.File}: {error.Message}");
}

// plan.Write() would write each file, whole, and only when it is still what was read
return plan.Report.Errors.Count > 0 ? 3 : 0;
