namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 SleepAction.</summary>
public sealed record SleepAction
{
    public long Seconds { get; init; }
}
