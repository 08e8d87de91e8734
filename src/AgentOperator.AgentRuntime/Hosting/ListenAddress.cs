using System.Globalization;
using System.Net;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>Where the runtime listens.</summary>
/// <param name="Host">Null for every address.</param>
/// <param name="Port">0 for a port that the system chooses.</param>
internal sealed record ListenAddress(IPAddress? Host, int Port)
{
    public const string Variable = "AGENTOPERATOR_LISTEN";

    /// <summary>The flag, the variable, else the default: pods of a local cluster share one machine and have a loopback address each.</summary>
    /// <exception cref="FormatException">The text is no such address.</exception>
    public static ListenAddress Choose(string? flag, Func<string, string?> environment)
    {
        if ((flag ?? environment(Variable)) is { Length: > 0 } text)
        {
            return Parse(text);
        }

        return IPAddress.TryParse(environment("POD_IP"), out IPAddress? pod) && IPAddress.IsLoopback(pod) ? new ListenAddress(pod, RuntimeFiles.Port) : new ListenAddress(null, RuntimeFiles.Port);
    }

    private static ListenAddress Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon >= 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort)
        {
            string host = text[..colon].Trim('[', ']');
            if (host.Length == 0)
            {
                return new ListenAddress(null, port);
            }

            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                return new ListenAddress(address, port);
            }
        }

        throw new FormatException($"\"{text}\" is no address to listen on: write IP:PORT or :PORT");
    }
}
