using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>A Workflow that is to be created for an event.</summary>
/// <param name="Run">As the status has it.</param>
/// <param name="Spec">What it is to do.</param>
/// <param name="Delivery">ConfigMap of the event, which must still be undecided; null for an event that is kept in status.</param>
internal sealed record ChildStart(ChildRun Run, WorkflowSpec Spec, string? Delivery);
