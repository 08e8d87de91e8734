namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Something that a caller may watch while a skill works.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Text">Of a delta.</param>
/// <param name="Tool">Name of the tool.</param>
/// <param name="IsError">Of an ended tool call.</param>
internal sealed record AgentEvent(string Kind, string? Text = null, string? Tool = null, bool? IsError = null)
{
    public const string Delta = "delta";
    public const string ToolStarted = "toolStarted";
    public const string ToolEnded = "toolEnded";
}
