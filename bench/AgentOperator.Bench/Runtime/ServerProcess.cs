using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Runtime;

/// <summary>A server as a process of its own, on a free port of the loopback address.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const double KibibytesInMebibyte = 1024;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Task _log;

    private ServerProcess(Process process, Uri url, string logFile)
    {
        (_process, Url) = (process, url);
        _log = CopyAsync(process, logFile);
    }

    public Uri Url { get; }

    /// <summary>Starts <c>dotnet ARGUMENTS --listen 127.0.0.1:PORT</c>, and waits until <paramref name="ready"/> answers.</summary>
    public static async Task<ServerProcess> StartAsync(string name, IReadOnlyList<string> arguments, string ready, CancellationToken cancellation)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{FreePort()}");
        string log = Repository.PathTo("artifacts", "bench", $"{name}.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        ProcessStartInfo start = new("dotnet", [.. arguments, "--listen", address]) { RedirectStandardError = true, UseShellExecute = false };
        Process process = Process.Start(start) ?? throw new ToolException($"{name} could not be started.");
        ServerProcess server = new(process, new Uri($"http://{address}"), log);
        try
        {
            await server.WaitAsync(ready, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>VmRSS in MiB.</summary>
    public async Task<double> ResidentAsync(CancellationToken cancellation)
    {
        string line = (await File.ReadAllLinesAsync($"/proc/{_process.Id}/status", cancellation)).Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KibibytesInMebibyte;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _log;
        _process.Dispose();
    }

    private async Task WaitAsync(string ready, CancellationToken cancellation)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        while (!_process.HasExited)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(ready, cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll, TimeProvider.System, cancellation);
        }

        throw new ToolException($"The server ended with {_process.ExitCode}.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task CopyAsync(Process process, string path)
    {
        await using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
