namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Extensions of A2A that our agents speak.</summary>
internal static class A2AExtensions
{
    /// <summary>In an agent card: its params hold, by skill id, <c>{"input": …, "output": …}</c> as JSON Schema. A2A itself has no schemas.</summary>
    public const string SkillSchemas = "https://agentoperator.dev/a2a/skill-schemas/v1";
}
