using System.Globalization;
using System.Net;

namespace AgentOperator.Configuration;

/// <summary>Where a server listens: <c>:8080</c> is every address, <c>127.0.0.1:8080</c> one, <c>0</c> none at all.</summary>
/// <param name="Host">Null for every address.</param>
/// <param name="Port">0 for a port that the system chooses.</param>
internal sealed record BindAddress(IPAddress? Host, int Port)
{
    /// <summary>Parses the text; null when it says that there is no server.</summary>
    /// <exception cref="FormatException">The text is no such address.</exception>
    public static BindAddress? Parse(string text)
    {
        if (text == "0")
        {
            return null;
        }

        // An IPv6 address may come without brackets, as $(POD_IP):8080 makes it: the last colon parts host and port.
        int colon = text.LastIndexOf(':');
        if (colon >= 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort)
        {
            string host = text[..colon].Trim('[', ']');
            if (host.Length == 0)
            {
                return new BindAddress(null, port);
            }

            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                return new BindAddress(address, port);
            }
        }

        throw new FormatException("must be \":PORT\", \"IP:PORT\", or \"0\" for no server");
    }

    public override string ToString() => Host is null ? $":{Port}" : new IPEndPoint(Host, Port).ToString();
}
