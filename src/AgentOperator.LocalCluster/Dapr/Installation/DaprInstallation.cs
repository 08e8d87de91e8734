using System.Net.Http.Headers;
using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.ApiExtensions;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Dapr.Installation;

/// <summary>Writes what Dapr's Helm chart writes, as far as there is something here that stands behind it.</summary>
internal sealed class DaprInstallation(KubeClient client, RawClient raw, TimeProvider time)
{
    private const string Namespace = "dapr-system";
    private const string Injector = "dapr-sidecar-injector";
    private const string Query = "?fieldManager=agent-operator-local-cluster&force=true";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Kinds = ["components", "configurations", "httpendpoints", "resiliencies", "subscriptions"];

    /// <summary>Returns when the kinds are served.</summary>
    public async Task InstallKindsAsync(CancellationToken cancellation)
    {
        foreach (string kind in Kinds)
        {
            await ApplyAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{kind}.dapr.io", Read($"{kind}.yaml"), cancellation);
        }

        foreach (string kind in Kinds)
        {
            await UntilAsync(
                async () => (await client.Resource<CustomResourceDefinition>().GetAsync($"{kind}.dapr.io", cancellation)).Status?.Conditions?.Any(static condition => condition is { Type: "Established", Status: ConditionStatus.True }) == true,
                $"{kind}.dapr.io is not served",
                cancellation);
        }
    }

    /// <summary>Returns when a pod that asks for a sidecar gets one.</summary>
    public async Task InstallInjectorAsync(Uri webhook, string authorityPem, CancellationToken cancellation)
    {
        await ApplyAsync($"/api/v1/namespaces/{Namespace}", Read("namespace.yaml"), cancellation);
        await ApplyAsync($"/apis/apps/v1/namespaces/{Namespace}/deployments/{Injector}", Read("injector.yaml").Replace("{IMAGE}", DaprVersion.InjectorImage, StringComparison.Ordinal).Replace("{VERSION}", DaprVersion.Text, StringComparison.Ordinal), cancellation);
        string configuration = Read("webhook.yaml")
            .Replace("{URL}", webhook.ToString(), StringComparison.Ordinal)
            .Replace("{CA}", Convert.ToBase64String(Encoding.UTF8.GetBytes(authorityPem)), StringComparison.Ordinal);
        await ApplyAsync($"/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/{Injector}", configuration, cancellation);
        await UntilAsync(
            async () => (await client.Resource<Deployment>(Namespace).GetAsync(Injector, cancellation)).Status?.ReadyReplicas >= 1,
            "the sidecar injector's Deployment is not ready",
            cancellation);
        await UntilAsync(() => IsInjectedAsync(cancellation), "the API server does not call the sidecar injector", cancellation);
    }

    private async Task<bool> IsInjectedAsync(CancellationToken cancellation)
    {
        Pod probe = new()
        {
            Metadata = new ObjectMeta { Name = "injection-probe", Namespace = Namespace, Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["dapr.io/enabled"] = "true" } },
            Spec = new PodSpec { Containers = [new Container { Name = "main", Image = DaprVersion.InjectorImage }] },
        };
        Pod answer = await client.Resource<Pod>(Namespace).CreateAsync(probe, new WriteOptions { DryRun = true }, cancellation);
        return answer.Label("dapr.io/sidecar-injected") is not null;
    }

    private async Task UntilAsync(Func<Task<bool>> holds, string otherwise, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        while (!await holds())
        {
            if (time.GetElapsedTime(start) > Patience)
            {
                throw new LocalClusterException($"Dapr cannot be set up: {otherwise}.");
            }

            await Task.Delay(Poll, time, cancellation);
        }
    }

    private async Task ApplyAsync(string path, string yaml, CancellationToken cancellation)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(yaml));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        await raw.SendAsync(HttpMethod.Patch, path + Query, RawClient.Json, content, cancellation);
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(DaprInstallation).Assembly.GetManifestResourceStream("dapr/" + name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
