namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 UserInfo.</summary>
public sealed record UserInfo
{
    public string? Username { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>For service account tokens the pod, as <c>authentication.kubernetes.io/pod-uid</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; init; }
}
