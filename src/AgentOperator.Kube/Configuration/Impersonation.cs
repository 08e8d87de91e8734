namespace AgentOperator.Kube.Configuration;

/// <summary>On whose behalf requests are made (the <c>Impersonate-</c> headers); the connection's own user needs the verb <c>impersonate</c>.</summary>
public sealed record Impersonation(string User)
{
    public string? Uid { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
