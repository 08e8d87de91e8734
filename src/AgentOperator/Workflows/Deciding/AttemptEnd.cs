using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>How one attempt ended: Failed is the step's own no, Errored the platform's.</summary>
internal sealed record AttemptEnd
{
    public required string Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>False where another attempt must not follow, whatever the policy says.</summary>
    public bool MayRetry { get; init; } = true;

    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }

    /// <summary>Outputs that status only refers to.</summary>
    public IReadOnlyDictionary<string, OutputReference>? References { get; init; }

    /// <summary>The end that is seen, or null while the attempt goes on.</summary>
    public static AttemptEnd? Of(WorkflowStep step, AttemptObservation seen) => step.Workflow is not null ? NestedEnd.Of(step, seen) : seen.State switch
    {
        AttemptState.Complete => Completed(step, seen),

        // Our runtime brings a result only when the work is done: what became of its pod after that changes nothing.
        AttemptState.Failed when step.Container is null && seen.Posted is { IsError: false } => Completed(step, seen),
        AttemptState.Failed => Failed(step, seen),
        AttemptState.Refused => Refused(seen),
        AttemptState.Gone => Lost(step, "the Job was deleted before its result was read"),
        _ => null,
    };

    /// <summary>The Job or its pod is gone, and with it the result. The work may have been done, so only a step that is idempotent does it again.</summary>
    public static AttemptEnd Lost(WorkflowStep step, string message) => new() { Phase = StepPhases.Errored, Reason = StepReasons.ResultLost, Message = message, MayRetry = step.Idempotent == true };

    /// <summary>The container was not made in time: its image cannot be pulled, or the node says why it cannot run.</summary>
    public static AttemptEnd NotStarted(StepWaiting waiting) => new()
    {
        Phase = StepPhases.Errored,
        Reason = waiting.Reason == WaitingReasons.ImagePull ? StepReasons.ImagePull : StepReasons.NotStarted,
        Message = waiting.Message,
    };

    /// <summary>The outputs of the run would not fit into its status.</summary>
    public static AttemptEnd TooLarge(int bytes) => new()
    {
        Phase = StepPhases.Failed,
        Reason = StepReasons.BadOutput,
        Message = $"with this step the outputs of the run have {bytes} bytes, more than {StepResult.MaxRunBytes}: write less, or a reference to where it is",
        ExitCode = 0,
    };

    private static AttemptEnd Completed(WorkflowStep step, AttemptObservation seen)
    {
        if (step.Outputs is not { Count: > 0 } declared)
        {
            return new AttemptEnd { Phase = StepPhases.Succeeded };
        }

        if (seen.Posted is null && seen.Pod is not { ExitCode: not null })
        {
            return Lost(step, "the Job is complete, but its pod is gone and its outputs cannot be read");
        }

        (IReadOnlyDictionary<string, JsonElement>? outputs, string? problem) = StepResult.Read(declared, seen.Posted?.Text ?? seen.Pod!.TerminationMessage, out IReadOnlyList<string> dropped);
        return problem is null
            ? new AttemptEnd { Phase = StepPhases.Succeeded, ExitCode = 0, Outputs = outputs, Message = dropped.Count == 0 ? null : Sentence.Limit($"outputs that are not declared were dropped: {string.Join(", ", dropped)}") }
            : new AttemptEnd { Phase = StepPhases.Failed, Reason = StepReasons.BadOutput, Message = problem, ExitCode = 0 };
    }

    private static AttemptEnd Failed(WorkflowStep step, AttemptObservation seen)
    {
        if (seen.Reason == JobReasons.DeadlineExceeded)
        {
            return new AttemptEnd { Phase = StepPhases.Failed, Reason = StepReasons.DeadlineExceeded, Message = "the attempt took longer than its timeout" };
        }

        if (seen.Pod is null or { IsDeleting: true })
        {
            return Lost(step, Sentence.Limit($"the pod was deleted before its result was read: {seen.Message ?? "the Job failed"}"));
        }

        if (seen.Pod is not { ExitCode: { } code } pod)
        {
            return new AttemptEnd { Phase = StepPhases.Errored, Reason = StepReasons.PodLost, Message = Sentence.Limit($"the node did not run the pod: {seen.Pod.TerminationReason ?? seen.Message ?? "the Job failed"}") };
        }

        bool isFinal = step.Container is null && code == RuntimeFiles.UselessToRetry;
        bool isDisagreed = step.Consensus is not null && code == RuntimeFiles.NoConsensus;
        string reason = isDisagreed ? StepReasons.NoConsensus : pod.TerminationReason is { Length: > 0 } told && told != "Error" ? told : StepReasons.NonZeroExit;
        string said = pod.TerminationMessage is { Length: > 0 } text ? $": {text.Trim()}" : "";
        return new AttemptEnd { Phase = StepPhases.Failed, Reason = reason, Message = Sentence.Limit(isDisagreed && said.Length > 0 ? said[2..] : $"exit code {code}{said}"), ExitCode = code, MayRetry = !isFinal };
    }

    private static AttemptEnd Refused(AttemptObservation seen) => new()
    {
        Phase = StepPhases.Errored,
        Reason = seen.IsInvalid ? StepReasons.InvalidJob : StepReasons.JobRefused,
        Message = Sentence.Limit(seen.Message ?? "the API server refused the Job"),
        MayRetry = !seen.IsInvalid,
    };
}
