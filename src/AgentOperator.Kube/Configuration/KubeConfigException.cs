namespace AgentOperator.Kube.Configuration;

/// <summary>The kubeconfig or the in-cluster files do not say how to reach a cluster; the message says what to do.</summary>
public sealed class KubeConfigException : Exception
{
    public KubeConfigException()
    {
    }

    public KubeConfigException(string message)
        : base(message)
    {
    }

    public KubeConfigException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
