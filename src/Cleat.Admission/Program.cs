using Cleat;
using Cleat.Admission.Hosting;

if (args is ["--help"] or ["-h"] or ["help"])
{
    Console.Out.Write(OptionReading.Help());
    return 0;
}

if (args is ["--version"])
{
    Console.Out.WriteLine($"cleat-admission {typeof(AdmissionHost).Assembly.GetName().Version?.ToString(3)}");
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
    Console.Error.WriteLine($"cleat-admission: {e.Message}");
    return e is CleatException ? 2 : 3;
}
