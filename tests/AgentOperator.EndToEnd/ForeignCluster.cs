using System.Text;
using AgentOperator.Kube.Configuration;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>A cluster that somebody else runs: the operator works from outside it, as the account of config/rbac. While the tests run, the policies know further operators.</summary>
internal sealed class ForeignCluster : IAsyncDisposable
{
    private const string Namespace = "agentoperator-system";
    private const string Account = "agentoperator";

    private readonly Kubectl _kubectl;
    private readonly bool _hadPolicies;

    private ForeignCluster(Kubectl kubectl, bool hadPolicies, string kubeConfigPath)
    {
        _kubectl = kubectl;
        _hadPolicies = hadPolicies;
        KubeConfigPath = kubeConfigPath;
    }

    /// <summary>Of the operator's account.</summary>
    public string KubeConfigPath { get; }

    /// <summary>Installs kinds and rights, and policies for the time of the tests.</summary>
    /// <exception cref="ToolException">An operator runs there already: two would work against each other.</exception>
    public static async Task<ForeignCluster> PrepareAsync(Kubectl kubectl, KubeConnection connection, CancellationToken cancellation)
    {
        string replicas = await kubectl.RunAsync(cancellation, "get", "deployment", Account, "--namespace", Namespace, "--ignore-not-found", "-o", "jsonpath={.spec.replicas}");
        if (replicas.Trim() is not ("" or "0"))
        {
            throw new ToolException($"An operator runs in the cluster: kubectl scale deployment/{Account} --namespace {Namespace} --replicas=0");
        }

        string before = await kubectl.RunAsync(cancellation, "get", "validatingadmissionpolicy", "agentoperator-operator-only", "--ignore-not-found", "-o", "name");
        await kubectl.InstallAsync(cancellation);
        await kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "rbac"));
        ForeignCluster cluster = new(kubectl, before.Trim().Length > 0, await WriteKubeConfigAsync(kubectl, connection, cancellation));
        try
        {
            await kubectl.InstallPoliciesAsync(ClusterFixture.TestAccounts, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts the policies back as they are shipped, or away: no account of the tests stays an operator.</summary>
    public async ValueTask DisposeAsync()
    {
        string policies = Repository.PathTo("config", "admission");
        await _kubectl.RunAsync(CancellationToken.None, _hadPolicies ? ["apply", "--server-side", "-k", policies] : ["delete", "--ignore-not-found", "-k", policies]);
    }

    private static async Task<string> WriteKubeConfigAsync(Kubectl kubectl, KubeConnection connection, CancellationToken cancellation)
    {
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
