namespace AgentOperator.Kube.Configuration;

/// <summary>The connection that every pod has: the service's address from the environment, the mounted service account.</summary>
public static class InClusterConfig
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>True inside a pod that has a service account token.</summary>
    public static bool IsAvailable => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(Folder, "token"));

    /// <summary>Loads the connection.</summary>
    /// <exception cref="KubeConfigException">A file or a variable is missing.</exception>
    public static KubeConnection Load() => Load(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"), Folder);

    internal static KubeConnection Load(string? host, string? port, string folder)
    {
        string authority = Path.Combine(folder, "ca.crt");
        if (string.IsNullOrEmpty(host) || !int.TryParse(port, out int number) || !File.Exists(authority))
        {
            throw new KubeConfigException($"Not inside a pod: KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT and {authority} are needed.");
        }

        string ns = Path.Combine(folder, "namespace");
        return new KubeConnection
        {
            // UriBuilder puts brackets around IPv6 addresses.
            Server = new UriBuilder(Uri.UriSchemeHttps, host, number).Uri,
            CertificateAuthorityPem = File.ReadAllText(authority),
            CertificateAuthorityFile = authority,
            TokenFile = Path.Combine(folder, "token"),
            Namespace = File.Exists(ns) ? File.ReadAllText(ns).Trim() : "default",
        };
    }
}
