namespace AgentOperator.Api;

/// <summary>Reasons of the events that the operator writes.</summary>
public static class EventReasons
{
    public const string RunStarted = "RunStarted";
    public const string RunSucceeded = "RunSucceeded";
    public const string RunFailed = "RunFailed";
    public const string RunCancelled = "RunCancelled";

    /// <summary>A request, a timeout or a change of the spec stops the run.</summary>
    public const string RunStopping = "RunStopping";
    public const string RunSuspended = "RunSuspended";
    public const string RunResumed = "RunResumed";

    /// <summary>A run is wanted, and its namespace lets none start.</summary>
    public const string RunHeld = "RunHeld";

    /// <summary>The step's own no.</summary>
    public const string StepFailed = "StepFailed";

    /// <summary>The platform's no.</summary>
    public const string StepErrored = "StepErrored";

    /// <summary>An attempt ended badly, and another follows.</summary>
    public const string StepRetried = "StepRetried";

    /// <summary>A pod does not start, for a reason that somebody may have to act on.</summary>
    public const string StepWaiting = "StepWaiting";

    /// <summary>Nothing runs: a step waits for a lock, an event or a checkpoint.</summary>
    public const string StepHeld = "StepHeld";

    /// <summary>A step's condition was false.</summary>
    public const string StepSkipped = "StepSkipped";

    /// <summary>An earlier success of the same work stands for the step.</summary>
    public const string StepMemoized = "StepMemoized";

    /// <summary>A result could not be kept for later runs.</summary>
    public const string NotMemoized = "NotMemoized";

    /// <summary>A checkpoint applied to what a step gave.</summary>
    public const string CheckpointReached = "CheckpointReached";
    public const string CheckpointPassed = "CheckpointPassed";

    /// <summary>The run goes back to an earlier step.</summary>
    public const string LoopedBack = "LoopedBack";

    /// <summary>A run that did not end well begins to undo what it did.</summary>
    public const string Compensating = "Compensating";
    public const string StepCompensated = "StepCompensated";

    /// <summary>A step could not be undone.</summary>
    public const string CompensationFailed = "CompensationFailed";
    public const string RunCompensated = "RunCompensated";

    /// <summary>A step wrote outputs that it does not declare.</summary>
    public const string OutputsDropped = "OutputsDropped";

    /// <summary>A gate has begun to wait for people.</summary>
    public const string ApprovalNeeded = "ApprovalNeeded";
    public const string Approved = "Approved";
    public const string Rejected = "Rejected";

    /// <summary>What a gate shows has changed, and what was said of it does not count any more.</summary>
    public const string ApprovalsVoided = "ApprovalsVoided";

    /// <summary>A gate stays shut, because nobody vouches for who decides.</summary>
    public const string ApprovalsNotEnforced = "ApprovalsNotEnforced";

    /// <summary>The spec cannot be run.</summary>
    public const string SpecRefused = "SpecRefused";

    /// <summary>An event of a definition became a Workflow.</summary>
    public const string TriggerFired = "TriggerFired";

    /// <summary>An event started no run: others were under way, it came too late, or a trigger's condition is false.</summary>
    public const string TriggerSkipped = "TriggerSkipped";

    /// <summary>What an event would run cannot be run, or the trigger itself cannot work.</summary>
    public const string TriggerRefused = "TriggerRefused";

    /// <summary>Scheduled times passed without a run.</summary>
    public const string ScheduleMissed = "ScheduleMissed";

    /// <summary>A run of a definition was asked to end, for a newer event.</summary>
    public const string RunReplaced = "RunReplaced";

    /// <summary>A request by annotation was not done.</summary>
    public const string RequestRefused = "RequestRefused";

    /// <summary>The workflow's time after its end is up.</summary>
    public const string Expired = "Expired";

    /// <summary>A revision of a prompt is the one that <c>stable</c> names.</summary>
    public const string PromptStable = "PromptStable";

    /// <summary>A prompt breaks a rule.</summary>
    public const string LintFailed = "LintFailed";

    /// <summary>A stored revision is not what its digest says.</summary>
    public const string RevisionDamaged = "RevisionDamaged";

    /// <summary>The name of a child is somebody else's.</summary>
    public const string NameTaken = "NameTaken";

    /// <summary>What an agent refers to is not there.</summary>
    public const string ReferenceMissing = "ReferenceMissing";

    /// <summary>What an agent refers to is there again.</summary>
    public const string ReferencesResolved = "ReferencesResolved";

    /// <summary>The pods of an agent are being made, or made anew.</summary>
    public const string AgentRollout = "AgentRollout";
    public const string AgentReady = "AgentReady";
    public const string AgentNotReady = "AgentNotReady";

    /// <summary>A pod came up without its Dapr sidecar.</summary>
    public const string SidecarMissing = "SidecarMissing";
}
