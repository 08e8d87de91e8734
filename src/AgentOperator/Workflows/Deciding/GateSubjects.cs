using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What is decided on at a gate of a run: made anew from the run's own spec and results at each look, and never read back.</summary>
internal static class GateSubjects
{
    private const int MaxMessage = 8192;

    public static GateSubject Of(RunState run, StepRow row, GatePolicy policy, string? message) => new()
    {
        Kind = Workflow.Resource.Kind,
        Namespace = run.Namespace,
        Name = run.Workflow.Metadata.Name!,
        Uid = run.Workflow.Metadata.Uid!,
        Run = run.Run,
        Gate = row.Spec.Name,
        Visit = row.Status.Visit ?? 1,
        Policy = policy,
        SpecDigest = run.Status.SpecDigest!,
        Message = message?.Length > MaxMessage ? message[..MaxMessage] : message,
        Results = Before(run, row).ToDictionary(static other => other.Spec.Name, static other => ResultOf(other.Status), StringComparer.Ordinal),
    };

    /// <summary>All that has ended before the gate could be reached.</summary>
    private static IEnumerable<StepRow> Before(RunState run, StepRow gate)
    {
        Dictionary<string, StepRow> rows = run.Main.ToDictionary(static row => row.Spec.Name, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new(gate.Spec.Needs ?? []);
        while (open.TryPop(out string? name))
        {
            if (seen.Add(name))
            {
                yield return rows[name];
                foreach (string need in rows[name].Spec.Needs ?? [])
                {
                    open.Push(need);
                }
            }
        }
    }

    private static string ResultOf(StepStatus step) => GateDigest.Hash(JsonSerializer.SerializeToElement(
        new StepStatus { Name = step.Name, Phase = step.Phase, Visit = step.Visit, Outputs = step.Outputs, References = step.References },
        ApiJsonContext.Default.StepStatus));
}
