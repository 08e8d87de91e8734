namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>States of an A2A task.</summary>
internal static class A2AStates
{
    public const string Submitted = "TASK_STATE_SUBMITTED";
    public const string Working = "TASK_STATE_WORKING";
    public const string Completed = "TASK_STATE_COMPLETED";
    public const string Failed = "TASK_STATE_FAILED";
    public const string Canceled = "TASK_STATE_CANCELED";
    public const string InputRequired = "TASK_STATE_INPUT_REQUIRED";
    public const string Rejected = "TASK_STATE_REJECTED";

    public static bool IsEnd(string state) => state is Completed or Failed or Canceled or Rejected;

    /// <summary>Nothing happens before somebody acts.</summary>
    public static bool IsQuiet(string state) => IsEnd(state) || state == InputRequired;
}
