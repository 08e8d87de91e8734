using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tracing;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>Variables that every step gets.</summary>
internal static class StepEnvironment
{
    public static IEnumerable<EnvVar> Of(Workflow workflow, WorkflowStatus status, AttemptStart start)
    {
        string uid = workflow.Metadata.Uid!;
        long run = status.Run!.Value;
        string attempt = start.Attempt.ToString(CultureInfo.InvariantCulture);
        return
        [
            new EnvVar { Name = "AGENTOPERATOR_WORKFLOW", Value = workflow.Metadata.Name },
            new EnvVar { Name = "AGENTOPERATOR_RUN", Value = run.ToString(CultureInfo.InvariantCulture) },
            new EnvVar { Name = "AGENTOPERATOR_STEP", Value = start.Step.Name },
            new EnvVar { Name = "AGENTOPERATOR_VISIT", Value = start.Visit.ToString(CultureInfo.InvariantCulture) },
            new EnvVar { Name = "AGENTOPERATOR_ATTEMPT", Value = attempt },
            new EnvVar { Name = "AGENTOPERATOR_IDEMPOTENCY_KEY", Value = AttemptName.IdempotencyKey(uid, run, start.Id) },
            new EnvVar { Name = "AGENTOPERATOR_POD_UID", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "metadata.uid" } } },
            new EnvVar { Name = "AGENTOPERATOR_FENCE", Value = $"{attempt}-$(AGENTOPERATOR_POD_UID)" },
            new EnvVar { Name = "TRACEPARENT", Value = $"00-{status.Trace!.Id}-{SpanIds.Step(uid, run, start.Id)}-01" },
        ];
    }

    /// <summary>The item that a container works on: its place, and what it is unless that is too large for a variable. A <c>$</c> is doubled, since the kubelet expands <c>$(NAME)</c>.</summary>
    public static IEnumerable<EnvVar> OfItem(AttemptStart start, JsonElement? item)
    {
        if (start.Item is not { } place || item is not { } value)
        {
            return [];
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        EnvVar index = new() { Name = "AGENTOPERATOR_INDEX", Value = place.ToString(CultureInfo.InvariantCulture) };
        return Encoding.UTF8.GetByteCount(text) > TemplateText.MaxValueBytes ? [index] : [index, new EnvVar { Name = "AGENTOPERATOR_ITEM", Value = text.Replace("$", "$$", StringComparison.Ordinal) }];
    }
}
