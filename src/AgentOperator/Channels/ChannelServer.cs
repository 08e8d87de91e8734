using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Configuration;
using AgentOperator.Kube;
using AgentOperator.Probes;
using AgentOperator.Workflows.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Channels;

/// <summary>Where pods bring results and reports, on every replica. Pods get its address once it listens.</summary>
internal sealed partial class ChannelServer(
    OperatorOptions options,
    ChannelAuthority authority,
    ChannelCallers callers,
    ResultReceiver results,
    ReportReceiver reports,
    AgentDirectory directory,
    ChannelState state,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private const string ServiceName = "agentoperator-channel";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ILogger<ChannelServer> _logger = loggers.CreateLogger<ChannelServer>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Channel is not { } address)
        {
            state.Close();
            return;
        }

        while (true)
        {
            try
            {
                await ServeAsync(address, await authority.LoadAsync(stoppingToken), stoppingToken);
                return;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or IOException or SocketException or CryptographicException)
            {
                state.Fail(error.Message);
                LogNotServing(_logger, address, error.Message);
                await Task.Delay(Retry, time, stoppingToken);
            }
        }
    }

    private async Task ServeAsync(BindAddress address, X509Certificate2 ca, CancellationToken stopping)
    {
        string pem = ca.ExportCertificatePem();
        using ChannelCertificate certificate = new(ca, Hosts(address), time);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PostedResult.MaxBytes;
            Action<ListenOptions> speak = listen => listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => certificate.Current() });
            if (address.Host is null)
            {
                kestrel.ListenAnyIP(address.Port, speak);
            }
            else
            {
                kestrel.Listen(address.Host, address.Port, speak);
            }
        });
        await using WebApplication server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync(stopping);
        Uri bound = new(server.Urls.First());
        string url = options.ChannelUrl ?? (address.Host is { } host ? $"https://{host}:{bound.Port}" : $"https://{ServiceHost}:{bound.Port}");
        state.Open(new ChannelAccess(url.TrimEnd('/'), pem) { Port = bound.Port });
        LogServing(_logger, bound, url);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The host stops: requests under way are answered first.
        }

        await server.StopAsync(CancellationToken.None);
    }

    private string ServiceHost => $"{ServiceName}.{options.OwnNamespace}.svc";

    private string[] Hosts(BindAddress address) =>
        [.. new[] { ServiceHost, $"{ServiceHost}.cluster.local", "localhost", address.Host?.ToString(), options.ChannelUrl is { } url ? new Uri(url).Host.Trim('[', ']') : null }.OfType<string>().Distinct(StringComparer.Ordinal)];

    private async Task AnswerAsync(HttpContext http)
    {
        ChannelAnswer answer;
        try
        {
            answer = await callers.FindAsync(http.Request.Headers.Authorization, http.RequestAborted) is { } caller
                ? await AnswerAsync(http, caller)
                : ChannelAnswer.Refuse(StatusCodes.Status401Unauthorized, "send the pod's token for audience agentoperator.dev/channel as Authorization: Bearer");
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
        {
            answer = ChannelAnswer.Refuse(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"at most {PostedResult.MaxBytes} bytes are taken: send a reference to where the result is" : error.Message);
        }
        catch (Exception error) when (error is KubeApiException or HttpRequestException)
        {
            LogFailed(_logger, http.Request.Path, error.Message);
            answer = ChannelAnswer.Refuse(StatusCodes.Status503ServiceUnavailable, "the API server cannot be asked now: try again") with { RetryAfter = 1 };
        }

        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        http.Response.ContentType = answer.IsJson ? "application/json" : "text/plain; charset=utf-8";
        await http.Response.WriteAsync(answer.Text + "\n");
    }

    private async Task<ChannelAnswer> AnswerAsync(HttpContext http, ChannelCaller caller)
    {
        switch (http.Request.Method, http.Request.Path.Value!.Split('/'))
        {
            case ("POST", ["", "v1", "namespaces", { } ns, "workflows", { } workflow, "attempts", { } job, "result"]):
                return await results.ReceiveAsync(caller, ns, workflow, job, await ReadAsync(http), http.RequestAborted);
            case ("POST", ["", "v1", "namespaces", { } ns, "agents", { } agent, "reports"]):
                return await reports.ReceiveAsync(caller, ns, agent, await ReadAsync(http), http.RequestAborted);
            case ("GET", ["", "v1", "agents"]):
                return directory.List(caller, [.. http.Request.Query["capability"].OfType<string>()]);
            default:
                return ChannelAnswer.Refuse(StatusCodes.Status404NotFound, "here are results of steps, reports of agents, and GET /v1/agents?capability=");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    [LoggerMessage(1, LogLevel.Information, "The channel listens on {Address}; pods reach it at {Url}")]
    private static partial void LogServing(ILogger logger, Uri address, string url);

    [LoggerMessage(2, LogLevel.Warning, "The channel cannot be served on {Address} yet: {Problem}")]
    private static partial void LogNotServing(ILogger logger, BindAddress address, string problem);

    [LoggerMessage(3, LogLevel.Warning, "{Path} could not be answered: {Problem}")]
    private static partial void LogFailed(ILogger logger, PathString path, string problem);
}
