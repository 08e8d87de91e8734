using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>A graph of steps. Applying it runs it; a change of what it does is a new run.</summary>
[ResourceNames("awf")]
[CelRule("size(self.metadata.name) <= 63", "the name of a Workflow has at most 63 characters, because its Jobs carry it as a label: choose a shorter one")]
[PrinterColumn("Phase", "string", ".status.phase")]
[PrinterColumn("Progress", "string", ".status.progress", Description = "Steps that have ended, of all steps")]
[PrinterColumn("Step", "string", ".status.step", Description = "Steps that are running")]
[PrinterColumn("Waiting", "string", ".status.waiting", Description = "Why the next steps do not run yet")]
[PrinterColumn("Cost", "string", ".status.cost", Description = "Cost of the run's model calls")]
[PrinterColumn("Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn("Run", "integer", ".status.run", Wide = true)]
[PrinterColumn("Attempts", "integer", ".status.attempts", Wide = true)]
[PrinterColumn("Message", "string", ".status.message", Wide = true)]
[PrinterColumn("Trace", "string", ".status.trace.id", Wide = true)]
public sealed record Workflow : KubernetesObject<Workflow>, IKubernetesObject<Workflow>
{
    public static ResourceDefinition Resource { get; } = new(ApiGroup.Name, ApiGroup.Version, "workflows", "Workflow");

    public static JsonTypeInfo<Workflow> JsonTypeInfo => ApiJsonContext.Default.Workflow;

    /// <summary>What to run.</summary>
    public required WorkflowSpec Spec { get; init; }

    /// <summary>What has happened: written by the operator only.</summary>
    public WorkflowStatus? Status { get; init; }
}
