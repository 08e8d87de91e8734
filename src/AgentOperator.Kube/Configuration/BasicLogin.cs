namespace AgentOperator.Kube.Configuration;

/// <summary>Name and password for a proxy in front of an API server; API servers themselves take neither.</summary>
public sealed record BasicLogin(string Name, string Password)
{
    /// <summary>Without the password, which must not reach a log.</summary>
    public override string ToString() => Name;
}
