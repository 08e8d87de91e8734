using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Approvals.Floors;

/// <summary>Steps that a floor wants behind a gate are behind one.</summary>
internal static class FloorCheck
{
    public const string Reason = "BelowApprovalFloor";

    /// <summary>The first step that is not, or null. The graph has no cycle.</summary>
    public static SpecProblem? Problem(RunSpec spec, IReadOnlyList<ApprovalFloor> floors)
    {
        ApprovalFloor[] demanding = [.. floors.Where(static floor => floor.GateBefore is not null)];
        if (demanding is [])
        {
            return null;
        }

        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(spec.Steps);

        // A step that may be skipped lets what needs it pass.
        HashSet<string> gates = new(spec.Steps.Where(static step => step is { Approval: not null, When: null }).Select(static step => step.Name), StringComparer.Ordinal);
        foreach (ApprovalFloor floor in demanding)
        {
            if ((spec.Finally ?? []).FirstOrDefault(floor.GateBefore!.Covers) is { } last)
            {
                return new SpecProblem(Reason, $"finally step {last.Name} needs an approval before it (floor {floor.Name}), and finally waits for nobody: make it a step");
            }

            if (spec.Steps.FirstOrDefault(step => floor.GateBefore!.Covers(step) && !ancestors[step.Name].Overlaps(gates)) is { } bare)
            {
                return new SpecProblem(Reason, $"step {bare.Name} needs an approval before it (floor {floor.Name}): add an approval step without when, and name it in its needs");
            }
        }

        return null;
    }
}
