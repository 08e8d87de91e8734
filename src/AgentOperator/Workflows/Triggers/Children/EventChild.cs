using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Deciding;

namespace AgentOperator.Workflows.Triggers.Children;

/// <summary>The Workflow of an event.</summary>
internal static class EventChild
{
    public static Workflow Build(Workflow definition, ChildStart start) => ChildWorkflow.Build(
        definition,
        definition.Metadata.Name!,
        start.Run.Name,
        start.Spec,
        new Dictionary<string, string>(StringComparer.Ordinal) { [Labels.Trigger] = start.Run.Trigger },
        new Dictionary<string, string>(StringComparer.Ordinal) { [Labels.Event] = start.Run.Event });

    /// <summary>Whether a Workflow that has the name is of the same definition and event.</summary>
    public static bool IsSame(Workflow found, Workflow definition, ChildStart start) =>
        found.ControllerOwner()?.Uid == definition.Metadata.Uid && found.Label(Labels.Trigger) == start.Run.Trigger && found.Annotation(Labels.Event) == start.Run.Event;
}
