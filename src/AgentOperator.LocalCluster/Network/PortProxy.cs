using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Network;

/// <summary>One port of a Service: takes connections and spreads them over the pods in turn.</summary>
internal sealed partial class PortProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;
    private readonly Task _accepting;
    private volatile IReadOnlyList<IPEndPoint> _targets = [];
    private int _next;

    /// <exception cref="SocketException">The port cannot be bound.</exception>
    public PortProxy(IPEndPoint endpoint, ILogger logger)
    {
        _logger = logger;
        _listener = new TcpListener(endpoint);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public void Lead(IReadOnlyList<IPEndPoint> targets) => _targets = targets;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                connections.RemoveAll(static connection => connection.IsCompleted);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        IReadOnlyList<IPEndPoint> targets = _targets;
        using (client)
        using (Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                if (targets.Count == 0)
                {
                    return;
                }

                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(targets[(int)((uint)Interlocked.Increment(ref _next) % (uint)targets.Count)], _stop.Token);
                await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                LogBroken(_logger, error.Message);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        await using NetworkStream source = new(from, ownsSocket: false);
        await using NetworkStream target = new(to, ownsSocket: false);
        await source.CopyToAsync(target, _stop.Token);

        // One side may have said all and still listen.
        to.Shutdown(SocketShutdown.Send);
    }

    [LoggerMessage(1, LogLevel.Debug, "A connection to a Service broke: {Message}")]
    private static partial void LogBroken(ILogger logger, string message);
}
