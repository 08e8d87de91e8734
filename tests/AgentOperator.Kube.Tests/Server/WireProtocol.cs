namespace AgentOperator.Kube.Tests.Server;

/// <summary>The two protocols that an API server speaks over TLS.</summary>
public enum WireProtocol
{
    Http1,
    Http2,
}
