using System.Net;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Cli.Connecting;

/// <summary>What went wrong between here and the cluster, in one line that says what to do.</summary>
internal static class Failures
{
    /// <summary>Null for what is no such failure: a fault of this program.</summary>
    public static string? Explain(Exception error) => error switch
    {
        KubeConfigException => error.Message,
        KubeApiException { Code: HttpStatusCode.Unauthorized } => "the server does not accept your credentials: log in again, or choose another --context",
        KubeApiException { IsForbidden: true } refused when refused.Message.Contains(" cannot ", StringComparison.Ordinal) => $"{Trim(refused.Message)}: ask for that right, or choose another --context or --namespace",
        KubeApiException { IsNotFound: true } missing when missing.Status.Details?.Name is not { Length: > 0 } =>
            "the cluster does not know the kinds of agentoperator.dev: kubectl apply --server-side -k config/default installs them",
        KubeApiException refused => Trim(refused.Message),
        HttpRequestException => $"the server cannot be reached: {Innermost(error).Message.TrimEnd('.')}; is the cluster up, and is the kubeconfig right?",
        TimeoutException => $"{Trim(error.Message)}; is the cluster up?",
        _ => null,
    };

    private static string Trim(string message) => message.TrimEnd().TrimEnd('.');

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
