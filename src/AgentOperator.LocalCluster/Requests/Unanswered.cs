using System.Net;
using AgentOperator.Kube;

namespace AgentOperator.Local.Requests;

/// <summary>Requests of which nobody knows whether they were carried out.</summary>
internal static class Unanswered
{
    public static bool Is(Exception error) => error is HttpRequestException or IOException or TimeoutException or KubeApiException { Code: HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout };
}
