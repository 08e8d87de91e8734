using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Namespaces;

/// <summary>Gives each namespace the cluster's authority, and empties it before it goes.</summary>
internal sealed class NamespaceReconciler(KubeClient client, NamespaceContent content, ObjectStore<Namespace> namespaces, ObjectStore<ConfigMap> configMaps, string authorityPem) : IReconciler<Namespace>
{
    public const string RootAuthority = "kube-root-ca.crt";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (namespaces.Find(key) is not { } ns)
        {
            return Outcome.Done;
        }

        if (!ns.IsTerminating())
        {
            await PublishAsync(key.Name, cancellation);
            return Outcome.Done;
        }

        if (ns.Spec?.Finalizers?.Contains(NamespaceContent.Finalizer, StringComparer.Ordinal) != true)
        {
            return Outcome.Done;
        }

        return await content.DeleteAsync(key.Name, cancellation) && await content.FinalizeAsync(key.Name, cancellation)
            ? Outcome.Done
            : Outcome.After(LookAgain);
    }

    private async Task PublishAsync(string ns, CancellationToken cancellation)
    {
        if (configMaps.Find(new ObjectKey(ns, RootAuthority))?.Data?.GetValueOrDefault("ca.crt") == authorityPem)
        {
            return;
        }

        ConfigMap authority = new()
        {
            Metadata = new ObjectMeta { Name = RootAuthority, Namespace = ns },
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ca.crt"] = authorityPem },
        };
        try
        {
            await client.Resource<ConfigMap>(ns).ApplyAsync(authority, new ApplyOptions("root-ca-cert-publisher"), cancellation);
        }
        catch (KubeApiException error) when (error.IsNamespaceTerminating || error.IsNotFound)
        {
            // It is going away, and with it the need.
            return;
        }
    }
}
