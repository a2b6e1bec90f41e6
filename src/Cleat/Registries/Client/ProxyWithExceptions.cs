using System.Net;

namespace Cleat.Registries.Client;

/// <summary>
/// A proxy that is left aside for loopback hosts, and for those of NO_PROXY, which is read as docker and every Go program reads it
/// (golang.org/x/net/http/httpproxy): <c>example.com</c> stands for its subdomains, too; <c>*</c>, ports, addresses, and networks as in 10.0.0.0/8.
/// </summary>
internal sealed class ProxyWithExceptions(IWebProxy proxy, string? noProxy) : IWebProxy
{
    private readonly string[] rules = (noProxy ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => RegistryHost.IsLoopback(host) || rules.Any(r => Names(r, host)) || proxy.IsBypassed(host);

    private static bool Names(string rule, Uri uri)
    {
        var host = uri.DnsSafeHost;
        if (rule is "*")
        {
            return true;
        }

        if (IPAddress.TryParse(host, out var address) && IPNetwork.TryParse(rule, out var network))
        {
            return network.Contains(address);
        }

        var colon = rule.LastIndexOf(':');
        if (colon > 0 && rule.IndexOf(':', StringComparison.Ordinal) == colon)
        {
            if (rule[(colon + 1)..] != uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return false;
            }

            rule = rule[..colon];
        }

        var suffix = rule.StartsWith("*.", StringComparison.Ordinal) ? rule[1..] : rule.StartsWith('.') ? rule : "." + rule;
        return host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) || string.Equals(host, rule, StringComparison.OrdinalIgnoreCase);
    }
}
