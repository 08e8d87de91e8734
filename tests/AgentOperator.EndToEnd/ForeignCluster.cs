using System.Text;
using AgentOperator.Kube.Configuration;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>A cluster that somebody else runs: the operator works from outside it, as the account of config/rbac.</summary>
internal static class ForeignCluster
{
    private const string Namespace = "agentoperator-system";
    private const string Account = "agentoperator";

    /// <summary>Installs kinds and rights; returns a kubeconfig of the operator's account.</summary>
    /// <exception cref="ToolException">An operator runs there already: two would work against each other.</exception>
    public static async Task<string> PrepareAsync(Kubectl kubectl, KubeConnection connection, CancellationToken cancellation)
    {
        await kubectl.InstallAsync(cancellation);
        await kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "rbac"));
        await kubectl.InstallPoliciesAsync(ClusterFixture.TestAccounts, cancellation);
        (_, string replicas, _) = await kubectl.TryAsync(cancellation, "get", "deployment", Account, "--namespace", Namespace, "-o", "jsonpath={.spec.replicas}");
        if (replicas.Length > 0 && replicas != "0")
        {
            throw new ToolException($"An operator runs in the cluster: kubectl scale deployment/{Account} --namespace {Namespace} --replicas=0");
        }

        string token = (await kubectl.RunAsync(cancellation, "create", "token", Account, "--namespace", Namespace, "--duration=2h")).Trim();
        string path = Repository.PathTo("artifacts", "test-results", "operator", "foreign.kubeconfig");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        await using FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await using StreamWriter writer = new(file);
        await writer.WriteAsync($$"""
            apiVersion: v1
            kind: Config
            current-context: only
            clusters: [{ name: only, cluster: { server: "{{connection.Server}}"{{Authority(connection)}} } }]
            users: [{ name: only, user: { token: "{{token}}" } }]
            contexts: [{ name: only, context: { cluster: only, user: only } }]
            """);
        return path;
    }

    private static string Authority(KubeConnection connection)
    {
        string? pem = connection.CertificateAuthorityPem ?? (connection.CertificateAuthorityFile is { } file ? File.ReadAllText(file) : null);
        return pem is null ? "" : $", certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}";
    }
}
