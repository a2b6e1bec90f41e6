using Cleat.Cli;

var terminal = Terminal.OfProcess();
using StopSignals signals = new(terminal.Error);
var code = await CleatCommand.RunAsync(args, terminal, signals.Token);
return code == ExitCode.Interrupted ? signals.ExitCode : code;
