using System.Net;
using System.Net.Sockets;

namespace AgentOperator.Agents.Building;

/// <summary>Where a URL of a spec leads, as far as a NetworkPolicy can say it.</summary>
/// <param name="Namespace">Pods of this namespace, at any port: a policy sees a pod's port, and the URL has its Service's. Empty for the agent's own.</param>
/// <param name="Address">One IP address.</param>
/// <param name="IsPublic">Anywhere outside of private networks.</param>
/// <param name="Port">Port of an address or of a public place.</param>
internal sealed record Endpoint(string? Namespace, string? Address, bool IsPublic, int Port)
{
    private const int ServiceNameAndNamespace = 2;

    /// <summary>None for what never leaves the pod. A host of two labels may be a Service or a public name: it is both.</summary>
    public static IEnumerable<Endpoint> Of(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Port <= 0)
        {
            return [];
        }

        string host = uri.DnsSafeHost.TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            // Nothing of a cluster's user is link-local but the metadata of its cloud.
            return IPAddress.IsLoopback(address) || IsLinkLocal(address) ? [] : [new Endpoint(null, host, false, uri.Port)];
        }

        string[] labels = host.Split('.');
        return labels switch
        {
            ["localhost"] => [],
            [_] => [new Endpoint("", null, false, uri.Port)],
            [_, var ns, "svc", ..] => [new Endpoint(ns, null, false, uri.Port)],
            [_, var ns] when labels.Length == ServiceNameAndNamespace => uri.Scheme == Uri.UriSchemeHttps ? [new Endpoint(ns, null, false, uri.Port), Public(uri.Port)] : [new Endpoint(ns, null, false, uri.Port)],
            _ => [Public(uri.Port)],
        };
    }

    public static Endpoint Public(int port) => new(null, null, true, port);

    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6LinkLocal : address.GetAddressBytes() is [169, 254, ..];
}
