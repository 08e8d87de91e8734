namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ExecAction.</summary>
public sealed record ExecAction
{
    public IReadOnlyList<string>? Command { get; init; }
}
