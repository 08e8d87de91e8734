using System.Globalization;
using AgentOperator.Channels;
using AgentOperator.Configuration;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Workflows.Triggers.Topics;
using AgentOperator.Workflows.Triggers.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Triggers;

/// <summary>Where events come in, on every replica: webhooks on one port, messages of the operator's own sidecar on another.</summary>
internal sealed partial class EventServers(OperatorOptions options, WebhookReceiver webhooks, TopicReceiver topics, ILoggerFactory loggers) : IHostedService
{
    private readonly List<WebApplication> _servers = [];
    private readonly ILogger<EventServers> _logger = loggers.CreateLogger<EventServers>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ListenAsync("--webhook-bind-address", options.Webhooks, WebhookReceiver.MaxBytes, webhooks.AnswerAsync, cancellationToken);
        await ListenAsync("--dapr-app-bind-address", options.DaprApp, TopicReceiver.MaxBytes, topics.AnswerAsync, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (WebApplication server in _servers)
        {
            await server.StopAsync(cancellationToken);
            await server.DisposeAsync();
        }
    }

    private async Task ListenAsync(string flag, BindAddress? address, long maxBody, Func<HttpContext, Task<ChannelAnswer>> answer, CancellationToken cancellation)
    {
        if (address is not null)
        {
            WebApplication server = await PlainServer.StartAsync(flag, address, maxBody, http => AnswerAsync(http, answer), loggers, cancellation);
            _servers.Add(server);
            LogListening(_logger, flag, string.Join(' ', server.Urls));
        }
    }

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Task<ChannelAnswer>> answer)
    {
        ChannelAnswer given;
        try
        {
            given = await answer(http);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
        {
            given = ChannelAnswer.Refuse(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"at most {WebhookReceiver.MaxBytes} bytes are taken" : error.Message);
        }
        catch (Exception error) when (error is KubeApiException or HttpRequestException)
        {
            LogFailed(_logger, http.Request.Path, error.Message);
            given = ChannelAnswer.Refuse(StatusCodes.Status503ServiceUnavailable, "the event cannot be kept now: try again") with { RetryAfter = 1 };
        }

        http.Response.StatusCode = given.Status;
        if (given.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        http.Response.ContentType = given.IsJson ? "application/json" : "text/plain; charset=utf-8";
        await http.Response.WriteAsync(given.Text + "\n", http.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Information, "{Flag}: listening on {Addresses}")]
    private static partial void LogListening(ILogger logger, string flag, string addresses);

    [LoggerMessage(2, LogLevel.Warning, "{Path} could not be answered: {Problem}")]
    private static partial void LogFailed(ILogger logger, PathString path, string problem);
}
