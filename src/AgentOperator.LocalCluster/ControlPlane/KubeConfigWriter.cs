using System.Text;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Local.ControlPlane;

/// <summary>The kubeconfig that kubectl and the operator use.</summary>
internal static class KubeConfigWriter
{
    public static string Text(string cluster, KubeConnection connection) => $"""
        apiVersion: v1
        kind: Config
        current-context: {cluster}
        clusters:
        - name: {cluster}
          cluster:
            server: {connection.Server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(connection.CertificateAuthorityPem!))}
        users:
        - name: {cluster}-admin
          user:
            token: {connection.Token}
        contexts:
        - name: {cluster}
          context:
            cluster: {cluster}
            user: {cluster}-admin
            namespace: {connection.Namespace}

        """;
}
