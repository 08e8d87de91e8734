namespace AgentOperator.Api.Schema;

/// <summary>The <c>scale</c> subresource of a kind, through which <c>kubectl scale</c> and autoscalers set replicas.</summary>
/// <param name="specReplicas">Path of the wanted number, <c>.spec.replicas</c>.</param>
/// <param name="statusReplicas">Path of the number that there is, <c>.status.replicas</c>.</param>
/// <param name="labelSelector">Path of the pods' selector as one string, <c>.status.selector</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScaleAttribute(string specReplicas, string statusReplicas, string labelSelector) : Attribute
{
    public string SpecReplicas { get; } = specReplicas;

    public string StatusReplicas { get; } = statusReplicas;

    public string LabelSelector { get; } = labelSelector;
}
