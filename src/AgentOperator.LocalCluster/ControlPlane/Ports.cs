using System.Net;
using System.Net.Sockets;

namespace AgentOperator.Local.ControlPlane;

/// <summary>Ports of the loopback address.</summary>
internal static class Ports
{
    /// <summary>A port that was free a moment ago: another program may take it before it is bound.</summary>
    public static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Refuses a port that is taken.</summary>
    public static void Require(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new LocalClusterException($"Port {port} cannot be used ({error.Message.ToLowerInvariant()}): stop what listens there, choose another --port, or leave it out for a free one.", error);
        }
    }
}
