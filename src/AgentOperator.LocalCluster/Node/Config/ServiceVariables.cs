using System.Globalization;

namespace AgentOperator.Local.Node.Config;

/// <summary>The variables by which programs in a cluster find its API server.</summary>
internal static class ServiceVariables
{
    public static IReadOnlyDictionary<string, string> Of(Uri apiServer)
    {
        string port = apiServer.Port.ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KUBERNETES_SERVICE_HOST"] = apiServer.Host,
            ["KUBERNETES_SERVICE_PORT"] = port,
            ["KUBERNETES_SERVICE_PORT_HTTPS"] = port,
        };
    }
}
