namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Why a call did not complete: one word for programs.</summary>
internal static class SkillReasons
{
    public const string UnknownSkill = "UnknownSkill";
    public const string UnknownCall = "UnknownCall";
    public const string BadInput = "BadInput";
    public const string InputTooLarge = "InputTooLarge";
    public const string Guard = "Guard";
    public const string ApprovalNeeded = "ApprovalNeeded";
    public const string BadAnswer = "BadAnswer";
    public const string MaxTurns = "MaxTurns";
    public const string MaxTokens = "MaxTokens";
    public const string Timeout = "Timeout";
    public const string ModelsUnavailable = "ModelsUnavailable";
    public const string ToolFailed = "ToolFailed";
    public const string Cancelled = "Cancelled";
    public const string ShuttingDown = "ShuttingDown";
}
