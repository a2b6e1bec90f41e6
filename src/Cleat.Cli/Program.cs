using Cleat.Cli;

return await CleatCommand.RunAsync(args, Terminal.OfProcess());
