using System.Net;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Kubelet;

/// <summary>The kubelet's own HTTPS server, of which the API server asks logs.</summary>
internal sealed class KubeletServer(ObjectStore<Pod> pods, string podsFolder, Credentials credentials, TimeProvider time) : IAsyncDisposable
{
    private WebApplication? _application;

    public int Port { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(credentials.KubeletCertificate, credentials.KubeletKey);
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (client, _, _) => IsFromAuthority(client),
        })));
        _application = builder.Build();
        _application.MapGet("/containerLogs/{ns}/{pod}/{container}", LogsAsync);
        await _application.StartAsync(cancellation);
        Port = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync(CancellationToken.None);
            await _application.DisposeAsync();
        }
    }

    private bool IsFromAuthority(X509Certificate2 client)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(credentials.AuthorityPem);
        return chain.Build(client);
    }

    private async Task LogsAsync(HttpContext http, string ns, string pod, string container)
    {
        LogQuery query = LogQuery.Of(http.Request.Query);
        ObjectKey key = new(ns, pod);
        if (pods.Find(key) is not { } found)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, $"pod {key} not found");
            return;
        }

        if (query.Timestamps)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "programs write to their logs themselves here, so that no line has a time: leave timestamps out");
            return;
        }

        ContainerFiles files = new(Path.Combine(podsFolder, $"{ns}_{pod}_{found.Metadata.Uid}"), container);
        string path = query.Previous ? files.PreviousLog : files.Log;
        if (!File.Exists(path))
        {
            string what = query.Previous ? $"previous terminated container \"{container}\" in pod \"{pod}\" not found" : $"container \"{container}\" in pod \"{pod}\" is waiting to start";
            await RefuseAsync(http, StatusCodes.Status400BadRequest, what);
            return;
        }

        http.Response.ContentType = "text/plain";
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _application!.Lifetime.ApplicationStopping);
        try
        {
            await http.Response.StartAsync(ended.Token);
            await LogFollower.CopyAsync(path, http.Response.Body, query with { Follow = query.Follow && !query.Previous }, () => IsOver(key, found.Metadata.Uid, container), time, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    private bool IsOver(ObjectKey key, string? uid, string container)
    {
        if (pods.Find(key) is not { Status: { } status } pod || pod.Metadata.Uid != uid || status.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return true;
        }

        ContainerStatus? found = (status.ContainerStatuses ?? []).Concat(status.InitContainerStatuses ?? []).FirstOrDefault(candidate => candidate.Name == container);
        return found?.State?.Terminated is not null;
    }

    private static Task RefuseAsync(HttpContext http, int code, string message)
    {
        http.Response.StatusCode = code;
        return http.Response.WriteAsync(message);
    }
}
