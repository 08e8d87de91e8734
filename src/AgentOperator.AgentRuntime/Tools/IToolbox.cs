namespace AgentOperator.AgentRuntime.Tools;

/// <summary>The tools of the agent, as they are now.</summary>
internal interface IToolbox
{
    ToolSet Current { get; }
}
