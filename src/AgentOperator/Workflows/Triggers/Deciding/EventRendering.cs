using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Templates;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>What an event makes of a definition's spec.</summary>
internal static class EventRendering
{
    /// <summary>Why an event starts nothing, whatever else is under way; null when it may.</summary>
    public static (string Outcome, string Message)? Objection(WorkflowTrigger? trigger, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (EventOutcomes.Refused, "what was kept of the event is not what was accepted");
        }

        try
        {
            return trigger?.When is { } when && !EventExpressions.IsTrue(when, body) ? (EventOutcomes.Filtered, "when is false") : null;
        }
        catch (TemplateException error)
        {
            return (EventOutcomes.Refused, error.Message);
        }
    }

    /// <summary>The spec to run; or the outcome of an event that runs none, and why.</summary>
    public static (WorkflowSpec? Spec, string Outcome, string? Message) Of(WorkflowSpec definition, WorkflowTrigger? trigger, JsonElement body)
    {
        if (Objection(trigger, body) is { } objection)
        {
            return (null, objection.Outcome, objection.Message);
        }

        try
        {
            WorkflowSpec spec = ChildWorkflow.SpecOf(definition, [.. (trigger?.Params ?? []).Select(given => given with { Value = EventExpressions.Render(given.Value, body) })]);
            return SpecCheck.Problem(RunSpec.Of(spec)) is { } problem ? (null, EventOutcomes.Refused, problem.Message) : (spec, EventOutcomes.Started, null);
        }
        catch (TemplateException error)
        {
            return (null, EventOutcomes.Refused, error.Message);
        }
    }

    /// <summary>What is wrong with a trigger, whatever its events are; null for nothing.</summary>
    public static string? Problem(WorkflowSpec definition, WorkflowTrigger trigger)
    {
        if (trigger.Params?.FirstOrDefault(given => (definition.Params ?? []).All(declared => declared.Name != given.Name)) is { } stray)
        {
            return $"params names {stray.Name}, which is not declared in spec.params";
        }

        try
        {
            if (trigger.When is { } when)
            {
                EventExpressions.Check(when);
            }

            foreach (ParameterValue given in trigger.Params ?? [])
            {
                EventExpressions.Check(given.Value);
            }

            return null;
        }
        catch (TemplateException error)
        {
            return error.Message;
        }
    }
}
