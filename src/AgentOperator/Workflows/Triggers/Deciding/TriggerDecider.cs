using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>All semantics of a definition. Pure: no clock, no randomness, no I/O; the same input always gives the same decision.</summary>
internal static class TriggerDecider
{
    /// <summary>Decides what comes next.</summary>
    /// <param name="definition">The object: its spec, and its status as the state so far.</param>
    /// <param name="facts">What is seen around it.</param>
    /// <param name="now">The time.</param>
    public static TriggerDecision Decide(Workflow definition, TriggerFacts facts, DateTimeOffset now)
    {
        WorkflowStatus before = definition.Status ?? new WorkflowStatus();
        if (definition.IsTerminating())
        {
            return new TriggerDecision(before);
        }

        Firing firing = new(definition, Heed(definition, Requests.Forget(definition, before)), facts, now);
        firing.Follow();
        firing.Fire();
        return firing.Decision();
    }

    /// <summary>A definition has no run to cancel or to repeat.</summary>
    private static WorkflowStatus Heed(Workflow definition, WorkflowStatus status)
    {
        status = Requests.RefuseLate(definition, status);
        return Requests.NewRerun(definition, status) is { } text ? Requests.RerunHandled(status, text, "a definition does not run itself: annotate one of its Workflows") : status;
    }
}
