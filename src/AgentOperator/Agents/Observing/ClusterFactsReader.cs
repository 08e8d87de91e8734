using System.Net;
using AgentOperator.Agents.Dapr;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.AdmissionRegistration;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Observing;

/// <summary>Finds out what the cluster has, at most every few seconds.</summary>
[RequiresAccess<MutatingWebhookConfiguration>(Verbs.Get)]
[RequiresAccess<Deployment>(Verbs.Get)]
internal sealed class ClusterFactsReader(KubeClient client, TimeProvider time) : IDisposable
{
    private const string Injector = "dapr-sidecar-injector";

    /// <summary>The injector's Helm chart names the sidecar's image here.</summary>
    private const string ImageVariable = "SIDECAR_IMAGE";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1);
    private (ClusterFacts Facts, long At)? _known;

    public async Task<ClusterFacts> ReadAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_known is { } known && time.GetElapsedTime(known.At) < Lifetime)
            {
                return known.Facts;
            }

            bool hasMetrics = (await client.ResourcesAsync("custom.metrics.k8s.io", "v1beta1", cancellation)).Count > 0 || (await client.ResourcesAsync("custom.metrics.k8s.io", "v1beta2", cancellation)).Count > 0;
            ClusterFacts facts = new(hasMetrics, await ReadDaprAsync(cancellation));
            _known = (facts, time.GetTimestamp());
            return facts;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<DaprFacts?> ReadDaprAsync(CancellationToken cancellation)
    {
        if (!(await client.ResourcesAsync(DaprObjects.Group, "v1alpha1", cancellation)).Contains("components", StringComparer.Ordinal))
        {
            return null;
        }

        (bool mayRead, MutatingWebhookConfiguration? webhook) = await TryReadAsync(client.Resource<MutatingWebhookConfiguration>().FindAsync(Injector, cancellation));
        DaprFacts facts = new() { HasInjector = mayRead ? webhook is not null : null };
        if (webhook is null)
        {
            return facts;
        }

        // A webhook that is called by URL does not say where its Deployment is.
        string home = webhook.Webhooks?.Select(static hook => hook.ClientConfig?.Service?.Namespace).FirstOrDefault(static ns => ns is not null) ?? facts.Namespace;
        (bool mayReadDeployment, Deployment? injector) = await TryReadAsync(client.Resource<Deployment>(home).FindAsync(Injector, cancellation));
        return facts with
        {
            Namespace = home,
            IsInjectorReady = mayReadDeployment ? injector?.Status?.ReadyReplicas > 0 : null,
            SidecarImage = injector?.Spec?.Template.Spec.Containers.SelectMany(static container => container.Env ?? []).FirstOrDefault(static (EnvVar variable) => variable.Name == ImageVariable)?.Value,
        };
    }

    private static async Task<(bool MayRead, T? Found)> TryReadAsync<T>(Task<T?> read)
        where T : class
    {
        try
        {
            return (true, await read);
        }
        catch (KubeApiException error) when (error.Code == HttpStatusCode.Forbidden)
        {
            // An operator of some namespaces may have no right beyond them.
            return (false, null);
        }
    }
}
