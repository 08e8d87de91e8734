using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Targets;

/// <summary>A namespace without agents and prompts.</summary>
internal sealed class NoSurroundings : ISurroundings
{
    public static readonly NoSurroundings Instance = new();

    public string? ChannelProblem => null;

    public Agent? FindAgent(string ns, string name) => null;

    public IEnumerable<Agent> AgentsIn(string ns) => [];

    public PromptTemplate? FindPrompt(string ns, string name) => null;

    public Workflow? FindWorkflow(string ns, string name) => null;
}
