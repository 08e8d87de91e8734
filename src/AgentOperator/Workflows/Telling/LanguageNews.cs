using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Telling;

/// <summary>News of what the language of steps does beside running them: skips, loops, checkpoints, waits.</summary>
internal static class LanguageNews
{
    public static void Add(List<RunNews> news, StepStatus? old, StepStatus step)
    {
        if (step.Visit > (old?.Visit ?? 1) && step.Passes is { } passes && passes != old?.Passes)
        {
            news.Add(new(false, EventReasons.LoopedBack, "Loop", $"step {step.Name} goes back: pass {passes} of its loop begins"));
        }
        else if (step.Phase == StepPhases.Skipped && old?.Phase != StepPhases.Skipped)
        {
            news.Add(new(false, EventReasons.StepSkipped, "Skip", $"step {step.Name}: {step.Message}"));
        }

        if (step is { Phase: StepPhases.Succeeded, Memo.Workflow: not null } && old?.Phase != StepPhases.Succeeded)
        {
            news.Add(new(false, EventReasons.StepMemoized, "Reuse", $"step {step.Name}: {step.Message}"));
        }

        AddCheckpoint(news, old, step);
        if (step is { Phase: StepPhases.Waiting, Waiting: { Reason: WaitingReasons.Lock or WaitingReasons.Event or WaitingReasons.Timer } waiting } && (old?.Waiting?.Reason != waiting.Reason || old.Visit != step.Visit))
        {
            string until = waiting.Until is { } at ? $", until {at.Value:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";
            news.Add(new(false, EventReasons.StepHeld, "Wait", $"step {step.Name} waits: {waiting.Reason}: {waiting.Message}{until}"));
        }
    }

    private static void AddCheckpoint(List<RunNews> news, StepStatus? old, StepStatus step)
    {
        if (step.Checkpoint is not { } checkpoint)
        {
            return;
        }

        if (old?.Checkpoint?.Since != checkpoint.Since)
        {
            string held = checkpoint.Action == CheckpointActions.Pause ? $": {step.Waiting?.Message}" : "";
            news.Add(new(checkpoint.Action != CheckpointActions.Continue, EventReasons.CheckpointReached, "Check", $"the checkpoint of step {step.Name} applies ({checkpoint.Action}){held}"));
        }
        else if (old.Checkpoint.PassedAt is null && checkpoint.PassedAt is not null)
        {
            news.Add(new(false, EventReasons.CheckpointPassed, "Resume", $"the run goes on behind the checkpoint of step {step.Name}"));
        }
    }
}
