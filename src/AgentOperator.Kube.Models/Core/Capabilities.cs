namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Capabilities: Linux capabilities added to or dropped from the runtime's default set.</summary>
public sealed record Capabilities
{
    public IReadOnlyList<string>? Add { get; init; }

    public IReadOnlyList<string>? Drop { get; init; }
}
