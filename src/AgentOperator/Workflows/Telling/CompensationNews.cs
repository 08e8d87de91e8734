using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Telling;

/// <summary>News of what is undone.</summary>
internal static class CompensationNews
{
    public static void Add(List<RunNews> news, WorkflowStatus? before, WorkflowStatus after)
    {
        if (after.Compensations is not { Count: > 0 } undone)
        {
            return;
        }

        if (before?.CompensatingSince is null)
        {
            news.Add(new(true, EventReasons.Compensating, "Undo", $"run {after.Run} is undone in this order: {string.Join(", ", undone.Select(static step => step.Name))}"));
        }

        for (int i = 0; i < undone.Count; i++)
        {
            StepStatus step = undone[i];
            string? old = i < before?.Compensations?.Count ? before.Compensations[i].Phase : null;
            if (step.Phase == old)
            {
                continue;
            }

            if (step.Phase == StepPhases.Succeeded)
            {
                news.Add(new(false, EventReasons.StepCompensated, "Undo", $"step {step.Name} was undone"));
            }
            else if (StepPhases.IsFinal(step.Phase))
            {
                news.Add(new(true, EventReasons.CompensationFailed, "Undo", $"step {step.Name} was not undone: {step.Reason}: {step.Message}"));
            }
        }
    }
}
