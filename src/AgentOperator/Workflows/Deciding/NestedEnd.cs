using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>How an attempt that is a Workflow of its own ended.</summary>
internal static class NestedEnd
{
    /// <summary>The end that is seen, or null while the Workflow goes on.</summary>
    public static AttemptEnd? Of(WorkflowStep step, AttemptObservation seen) => seen.State switch
    {
        AttemptState.Complete => Completed(step, seen.Nested?.Outputs),
        AttemptState.Failed => new AttemptEnd { Phase = StepPhases.Failed, Reason = StepReasons.WorkflowPrefix + seen.Reason, Message = Sentence.Limit($"the Workflow ended {seen.Reason}: {seen.Message}") },
        AttemptState.Refused => new AttemptEnd { Phase = StepPhases.Errored, Reason = seen.IsInvalid ? StepReasons.InvalidWorkflow : StepReasons.WorkflowRefused, Message = Sentence.Limit(seen.Message ?? "the Workflow cannot be run"), MayRetry = !seen.IsInvalid },
        AttemptState.Gone => AttemptEnd.Lost(step, "the Workflow was deleted before its end"),
        _ => null,
    };

    /// <summary>The declared outputs are those of the Workflow, of the same names.</summary>
    private static AttemptEnd Completed(WorkflowStep step, IReadOnlyDictionary<string, JsonElement>? given)
    {
        if (step.Outputs is not { Count: > 0 } declared)
        {
            return new AttemptEnd { Phase = StepPhases.Succeeded };
        }

        Dictionary<string, JsonElement> outputs = new(StringComparer.Ordinal);
        foreach (StepOutput output in declared)
        {
            string type = output.Type ?? ValueTypes.String;
            if (given?.TryGetValue(output.Name, out JsonElement value) != true)
            {
                return Bad($"the Workflow has no output {output.Name}: declare it in its spec.outputs");
            }

            if (!JsonType.Matches(type, value))
            {
                return Bad($"output {output.Name} is declared as {type}, but the Workflow gave {JsonType.NameOf(value)}");
            }

            outputs.Add(output.Name, value);
        }

        return new AttemptEnd { Phase = StepPhases.Succeeded, Outputs = outputs };
    }

    private static AttemptEnd Bad(string message) => new() { Phase = StepPhases.Failed, Reason = StepReasons.BadOutput, Message = message };
}
