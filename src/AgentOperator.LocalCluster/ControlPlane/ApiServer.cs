using AgentOperator.Kube.Configuration;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.ControlPlane;

/// <summary>The API server; its arguments are ones that a real kube-apiserver takes.</summary>
internal static class ApiServer
{
    public static Task<Daemon> StartAsync(ProcessLauncher launcher, string assets, ClusterFolder folder, Credentials credentials, LocalClusterOptions options, int etcdPort, int port) =>
        Daemon.StartAsync(launcher, "kube-apiserver", folder.LogOf("apiserver"), Path.Combine(assets, "kube-apiserver"), Arguments(credentials, options, etcdPort, port));

    public static KubeConnection Connection(Credentials credentials, int port) => new()
    {
        Server = new Uri($"https://127.0.0.1:{port}"),
        CertificateAuthorityPem = credentials.AuthorityPem,
        Token = credentials.AdminToken,
    };

    internal static string[] Arguments(Credentials credentials, LocalClusterOptions options, int etcdPort, int port) =>
    [
        $"--etcd-servers=http://127.0.0.1:{etcdPort}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        $"--secure-port={port}",
        $"--cert-dir={credentials.Folder}",
        $"--tls-cert-file={credentials.ServerCertificate}",
        $"--tls-private-key-file={credentials.ServerKey}",
        $"--client-ca-file={credentials.Authority}",
        $"--token-auth-file={credentials.Tokens}",
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--endpoint-reconciler-type=none",
        "--allow-privileged=true",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-key-file={credentials.ServiceAccountPublicKey}",
        $"--service-account-signing-key-file={credentials.ServiceAccountKey}",
        $"--kubelet-client-certificate={credentials.KubeletClientCertificate}",
        $"--kubelet-client-key={credentials.KubeletClientKey}",
        $"--kubelet-certificate-authority={credentials.Authority}",
        "--disable-admission-plugins=ServiceAccount",
        .. options.AuditPolicyFile is { } policy ? [$"--audit-policy-file={policy}"] : Array.Empty<string>(),
        .. options.AuditLogFile is { } log ? [$"--audit-log-path={log}"] : Array.Empty<string>(),
    ];
}
