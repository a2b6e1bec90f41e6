using System.Diagnostics.CodeAnalysis;
using Cleat.Admission.Registries;
using Cleat.Admission.SignIn;

namespace Cleat.Admission.Hosting;

/// <summary>Makes what knows tags out of the options.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "What is owned is disposed with the host.")]
internal static class Sources
{
    /// <param name="owned">Takes what is to be disposed.</param>
    /// <exception cref="CleatException">A file cannot be read.</exception>
    public static TagSource Tags(AdmissionOptions options, Func<string, string?> environment, Metrics metrics, TimeProvider clock, ILogger log, Stack<object> owned)
    {
        // what a stale answer takes comes after it, within the review's time
        var limit = options.Timeout * 0.8;
        var settings = RegistrySettings.FromMachine() with
        {
            PlainHttp = options.PlainHttp,
            CaFile = options.CaFile,
            Verify = true,
            ReferenceTime = limit,
            RequestTime = limit,
            Attempts = 2,
            MirrorRest = TimeSpan.FromSeconds(1),
        };
        RegistryClient known = new(settings);
        owned.Push(known);
        RegistryClient nobody = new(settings.AsNobody());
        owned.Push(nobody);
        KeptAnswers kept = new(options.CacheTime, options.StaleTime, TimeSpan.FromMilliseconds(500));
        return new(known, nobody, Node(options, environment, metrics, clock, log, owned), new HostGates(options.RegistryRate, clock), kept, limit, metrics, clock);
    }

    private static List<ICredentialSource> Node(AdmissionOptions options, Func<string, string?> environment, Metrics metrics, TimeProvider clock, ILogger log, Stack<object> owned)
    {
        List<ICredentialSource> sources = [];
        if (options is { CredentialProviderConfig: { } config, CredentialProviderBinDir: { } folder })
        {
            sources.Add(new CredentialProviders(ProviderConfig.Read(config), folder, clock, log));
        }

        if (options.UsesCloudIdentity)
        {
            CloudHttp http = new();
            owned.Push(http);
            IssuedCredentials issued = new(clock, metrics, log);
            sources.AddRange([new AwsRegistries(http, environment, clock, issued), new GoogleRegistries(http, environment, clock, issued), new AzureRegistries(http, environment, clock, issued)]);
        }

        return sources;
    }
}
