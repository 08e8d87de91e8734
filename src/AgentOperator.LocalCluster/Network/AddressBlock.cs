using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AgentOperator.Local.Network;

/// <summary>
/// 127.x.0.0/16 for the pods and Services of one cluster. The claim is a bound UDP socket: exclusive on the machine,
/// whatever state folder another cluster uses, and given back by the kernel when this process dies.
/// </summary>
internal sealed class AddressBlock : IDisposable
{
    private const int First = 16;
    private const int Count = 224;
    private const int ClaimPort = 10249;
    private const int ServiceNumbers = 0x8000;

    private readonly Socket _claim;
    private readonly int _second;
    private int _lastPod;
    private int _lastService;

    private AddressBlock(Socket claim, int second)
    {
        _claim = claim;
        _second = second;
    }

    /// <summary>Takes a free block; the search starts at <paramref name="preferred"/>, so that clusters rarely meet.</summary>
    /// <exception cref="LocalClusterException">All are taken.</exception>
    public static AddressBlock Claim(int preferred)
    {
        for (int i = 0; i < Count; i++)
        {
            int second = First + ((preferred + i) % Count);
            Socket claim = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                claim.Bind(new IPEndPoint(new IPAddress([127, (byte)second, 0, 0]), ClaimPort));
                return new AddressBlock(claim, second);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                claim.Dispose();
            }
            catch
            {
                claim.Dispose();
                throw;
            }
        }

        throw new LocalClusterException($"All {Count} loopback networks of this machine are taken by local clusters: stop one with down.");
    }

    /// <summary>An address for a pod; after 32,767 pods they come round again.</summary>
    public string NextPod() => Format(1 + ((Interlocked.Increment(ref _lastPod) - 1) % (ServiceNumbers - 1)));

    /// <summary>An address for a Service, never one of a pod.</summary>
    public string NextService() => Format(ServiceNumbers + (Interlocked.Increment(ref _lastService) % ServiceNumbers));

    public void Dispose() => _claim.Dispose();

    private string Format(int number) => string.Create(CultureInfo.InvariantCulture, $"127.{_second}.{number >> 8}.{number & 0xFF}");
}
