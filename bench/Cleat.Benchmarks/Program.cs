using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// the build of what it generates runs the analysers too, and takes longer than the two minutes it is given by default
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
