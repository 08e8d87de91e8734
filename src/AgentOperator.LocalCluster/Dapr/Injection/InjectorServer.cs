using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Local.ControlPlane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>The webhook's HTTPS server.</summary>
internal sealed partial class InjectorServer(InjectorSwitch running, Credentials credentials, ILogger<InjectorServer> logger) : IAsyncDisposable
{
    private WebApplication? _application;

    /// <summary>What the API server calls.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>By what the API server knows it.</summary>
    public string AuthorityPem => credentials.AuthorityPem;

    public async Task StartAsync(CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(credentials.InjectorCertificate, credentials.InjectorKey);
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _application = builder.Build();
        _application.MapPost("/mutate", MutateAsync);
        await _application.StartAsync(cancellation);
        int port = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        Address = new Uri($"https://127.0.0.1:{port}/mutate");
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync(CancellationToken.None);
            await _application.DisposeAsync();
        }
    }

    private async Task MutateAsync(HttpContext http)
    {
        if (!running.IsOn)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        JsonObject? answer;
        try
        {
            answer = Injector.Answer(JsonNode.Parse(body.ToArray()));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            LogUnread(logger, error.Message);
            answer = null;
        }

        if (answer is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (answer["response"]?["allowed"]?.GetValue<bool>() == false)
        {
            LogDenied(logger, answer["response"]!["status"]!["message"]!.GetValue<string>());
        }

        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()), http.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Warning, "An admission review for the sidecar injector cannot be read: {Message}")]
    private static partial void LogUnread(ILogger logger, string message);

    [LoggerMessage(2, LogLevel.Information, "A pod was denied: {Message}")]
    private static partial void LogDenied(ILogger logger, string message);
}
