using System.Text;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Authorization;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Dapr.Secrets;

/// <summary>Secrets of the API server; what an app asks for is asked as its pod's service account.</summary>
internal sealed class ClusterSecrets(KubeClient client, ObjectStore<Secret> secrets, string podNamespace, string serviceAccount) : IClusterSecrets
{
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(string ns, string name, CancellationToken cancellation)
    {
        Secret? secret = secrets.Find(new ObjectKey(ns, name)) ?? await client.Resource<Secret>(ns).FindAsync(name, cancellation);
        return secret is null ? null : Values(secret);
    }

    public async Task<IReadOnlyDictionary<string, string>?> FindAsAppAsync(string ns, string name, CancellationToken cancellation)
    {
        await RequireAsync("get", ns, name, cancellation);
        return await FindAsync(ns, name, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsAppAsync(string ns, CancellationToken cancellation)
    {
        await RequireAsync("list", ns, null, cancellation);
        KubeList<Secret> all = await client.Resource<Secret>(ns).ListAsync(new ListOptions(), cancellation);
        return all.Items.ToDictionary(static secret => secret.Metadata.Name!, static secret => (IReadOnlyDictionary<string, string>)Values(secret), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Values(Secret secret) =>
        secret.Data?.ToDictionary(static entry => entry.Key, static entry => Encoding.UTF8.GetString(entry.Value.Span), StringComparer.Ordinal) ?? new Dictionary<string, string>(StringComparer.Ordinal);

    private async Task RequireAsync(string verb, string ns, string? name, CancellationToken cancellation)
    {
        string user = $"system:serviceaccount:{podNamespace}:{serviceAccount}";
        SubjectAccessReview review = new()
        {
            Spec = new SubjectAccessReviewSpec
            {
                User = user,
                Groups = ["system:serviceaccounts", $"system:serviceaccounts:{podNamespace}", "system:authenticated"],
                ResourceAttributes = new ResourceAttributes { Namespace = ns, Verb = verb, Group = "", Resource = "secrets", Name = name },
            },
        };
        if ((await client.Resource<SubjectAccessReview>().CreateAsync(review, cancellation)).Status?.Allowed != true)
        {
            throw new SecretStoreException($"secrets{(name is null ? "" : $" \"{name}\"")} is forbidden: User \"{user}\" cannot {verb} resource \"secrets\" in API group \"\" in the namespace \"{ns}\"");
        }
    }
}
