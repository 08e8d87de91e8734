using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Speaks to the operator's channel as a pod does, or as somebody who only has its address.</summary>
internal sealed class ChannelCalls : IDisposable
{
    private readonly HttpClient _http;
    private readonly Kubectl _kubectl;

    /// <param name="pod">A step's pod: address and authority are from its variables.</param>
    /// <param name="kubectl">Of an administrator, who makes tokens.</param>
    public ChannelCalls(Pod pod, Kubectl kubectl)
    {
        _kubectl = kubectl;
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(VariableOf(pod, RuntimeFiles.AuthorityVariable));
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(60), SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } });
    }

    public static Uri ResultUrl(Pod pod) => new(VariableOf(pod, RuntimeFiles.ResultsUrlVariable));

    /// <summary>A token that is bound to a pod, for an audience.</summary>
    public async Task<string> TokenAsync(Pod pod, string audience = RuntimeFiles.TokenAudience) =>
        (await _kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "token", pod.Spec!.ServiceAccountName ?? "default", $"--audience={audience}", "--bound-object-kind=Pod", $"--bound-object-name={pod.Metadata.Name}", $"--bound-object-uid={pod.Metadata.Uid}", $"--namespace={pod.Metadata.Namespace}")).Trim();

    /// <summary>A token of a service account that is bound to no pod.</summary>
    public async Task<string> PlainTokenAsync(string ns) =>
        (await _kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "token", "default", $"--audience={RuntimeFiles.TokenAudience}", $"--namespace={ns}")).Trim();

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(Uri url, string? token, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new StringContent(body) };
        return await SendAsync(request, token);
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(Uri url, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        return await SendAsync(request, token);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request, string? token)
    {
        // Asked first: a server that refuses a body need not read it.
        request.Headers.ExpectContinue = request.Content is not null;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string VariableOf(Pod pod, string name) => pod.Spec!.Containers[0].Env!.Single(variable => variable.Name == name).Value!;
}
