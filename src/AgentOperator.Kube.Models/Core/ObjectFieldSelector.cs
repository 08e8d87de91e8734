namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ObjectFieldSelector: a field of the pod, <c>metadata.uid</c>.</summary>
public sealed record ObjectFieldSelector
{
    public string ApiVersion { get => field ?? "v1"; init; }

    public required string FieldPath { get; init; }
}
