using System.Security.Cryptography;
using AgentOperator.Local.State;

namespace AgentOperator.Local.ControlPlane;

/// <summary>Certificates, keys and tokens of one start, as files that the API server reads.</summary>
internal sealed record Credentials(string Folder, string AuthorityPem, string AdminToken, string ControllerToken)
{
    /// <summary>Who the stand-in for kube-controller-manager and kubelet is, as admission policies see it.</summary>
    private const string ControllerUser = "system:kube-controller-manager";

    public string Authority => Path.Combine(Folder, "ca.crt");

    public string ServerCertificate => Path.Combine(Folder, "apiserver.crt");

    public string ServerKey => Path.Combine(Folder, "apiserver.key");

    public string Tokens => Path.Combine(Folder, "tokens.csv");

    public string ServiceAccountKey => Path.Combine(Folder, "service-account.key");

    public string ServiceAccountPublicKey => Path.Combine(Folder, "service-account.pub");

    public string KubeletCertificate => Path.Combine(Folder, "kubelet.crt");

    public string KubeletKey => Path.Combine(Folder, "kubelet.key");

    public string KubeletClientCertificate => Path.Combine(Folder, "kubelet-client.crt");

    public string KubeletClientKey => Path.Combine(Folder, "kubelet-client.key");

    public string InjectorCertificate => Path.Combine(Folder, "dapr-injector.crt");

    public string InjectorKey => Path.Combine(Folder, "dapr-injector.key");

    public static Credentials Create(ClusterFolder folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using Authority authority = new("agent-operator local cluster", time);
        (string certificate, string key) = authority.IssueServer();
        using ECDsa serviceAccounts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Credentials credentials = new(folder.Keys, authority.Pem, NewToken(), NewToken());
        PrivateFile.Write(credentials.Authority, authority.Pem);
        PrivateFile.Write(credentials.ServerCertificate, certificate);
        PrivateFile.Write(credentials.ServerKey, key);
        (string kubelet, string kubeletKey) = authority.IssueKubelet("local");
        PrivateFile.Write(credentials.KubeletCertificate, kubelet);
        PrivateFile.Write(credentials.KubeletKey, kubeletKey);
        (string client, string clientKey) = authority.IssueKubeletClient();
        PrivateFile.Write(credentials.KubeletClientCertificate, client);
        PrivateFile.Write(credentials.KubeletClientKey, clientKey);
        (string injector, string injectorKey) = authority.IssueWebhook("dapr-sidecar-injector");
        PrivateFile.Write(credentials.InjectorCertificate, injector);
        PrivateFile.Write(credentials.InjectorKey, injectorKey);
        PrivateFile.Write(credentials.Tokens, $"{credentials.AdminToken},admin,admin,\"system:masters\"\n{credentials.ControllerToken},{ControllerUser},{ControllerUser},\"system:masters\"\n");
        PrivateFile.Write(credentials.ServiceAccountKey, serviceAccounts.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(credentials.ServiceAccountPublicKey, serviceAccounts.ExportSubjectPublicKeyInfoPem());
        return credentials;
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
