using Cleat;
using Cleat.Admission.Hosting;

if (args is ["--help"] or ["-h"] or ["help"])
{
    await Console.Out.WriteAsync(OptionReading.Help());
    return 0;
}

if (args is ["--version"])
{
    await Console.Out.WriteLineAsync($"cleat-admission {typeof(AdmissionHost).Assembly.GetName().Version?.ToString(3)}");
    return 0;
}

try
{
    await using var host = await AdmissionHost.StartAsync(OptionReading.Read(args, Environment.GetEnvironmentVariable), Environment.GetEnvironmentVariable);
    await host.WaitAsync();
    return 0;
}
catch (Exception e) when (e is CleatException or IOException)
{
    await Console.Error.WriteLineAsync($"cleat-admission: {e.Message}");
    return e is CleatException ? 2 : 3;
}
