using System.Globalization;
using System.Net;

namespace AgentOperator.Kube.Configuration;

/// <summary>HTTPS_PROXY, HTTP_PROXY and NO_PROXY as Go reads them (golang.org/x/net/http/httpproxy): .NET 10 ignores CIDR ranges, <c>*.</c> and ports in NO_PROXY.</summary>
internal static class ProxyRules
{
    /// <summary>The proxy to a server; null for none.</summary>
    /// <exception cref="KubeConfigException">The variable holds no address.</exception>
    public static Uri? For(Uri server, Func<string, string?> environment)
    {
        string name = server.Scheme == Uri.UriSchemeHttps ? "HTTPS_PROXY" : "HTTP_PROXY";
        if (Read(environment, name) is not { } text || IsBypassed(server, Read(environment, "NO_PROXY")))
        {
            return null;
        }

        return Parse(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text)
            ?? throw new KubeConfigException($"{name} holds no address of a proxy, such as http://proxy.example:3128.");
    }

    /// <summary>An address that connections can be made through: http, https or socks5; null for anything else.</summary>
    public static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? proxy) && proxy.Scheme is "http" or "https" or "socks5" ? proxy : null;

    private static string? Read(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } upper ? upper : environment(name.ToLowerInvariant()) is { Length: > 0 } lower ? lower : null;

    private static bool IsBypassed(Uri server, string? rules)
    {
        string host = server.IdnHost.Trim('[', ']').ToLowerInvariant();
        IPAddress? address = IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
        return host == "localhost"
            || (address is not null && IPAddress.IsLoopback(address))
            || (rules ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(rule => Matches(rule, host, address, server.Port));
    }

    private static bool Matches(string rule, string host, IPAddress? address, int port)
    {
        if (rule == "*")
        {
            return true;
        }

        if (rule.Split('/') is [var network, var bits] && IPAddress.TryParse(network, out IPAddress? start) && int.TryParse(bits, CultureInfo.InvariantCulture, out int length))
        {
            return address is not null && IsWithin(address, start, length);
        }

        (string name, int? only) = SplitPort(rule);
        if (only is { } wanted && wanted != port)
        {
            return false;
        }

        if (IPAddress.TryParse(name, out IPAddress? single))
        {
            return single.Equals(address);
        }

        string suffix = name.StartsWith("*.", StringComparison.Ordinal) ? name[1..] : name;
        return suffix.StartsWith('.') ? host.EndsWith(suffix, StringComparison.Ordinal) : host == suffix || host.EndsWith("." + suffix, StringComparison.Ordinal);
    }

    private static (string Name, int? Port) SplitPort(string rule)
    {
        int colon = rule.LastIndexOf(':');
        bool isBare = colon < 0 || (rule.AsSpan().Count(':') > 1 && !rule.Contains("]:", StringComparison.Ordinal));
        return isBare || !int.TryParse(rule.AsSpan(colon + 1), CultureInfo.InvariantCulture, out int port) ? (rule.Trim('[', ']'), null) : (rule[..colon].Trim('[', ']'), port);
    }

    private static bool IsWithin(IPAddress address, IPAddress start, int length)
    {
        byte[] one = address.GetAddressBytes();
        byte[] other = start.GetAddressBytes();
        if (one.Length != other.Length || length < 0 || length > one.Length * 8)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (((one[i / 8] ^ other[i / 8]) & (0x80 >> (i % 8))) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
