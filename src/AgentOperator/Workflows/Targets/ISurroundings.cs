using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Targets;

/// <summary>What a workflow's steps may name in its namespace.</summary>
internal interface ISurroundings
{
    /// <summary>Why pods cannot bring results yet; null when they can, or are not meant to.</summary>
    string? ChannelProblem { get; }

    Agent? FindAgent(string ns, string name);

    IEnumerable<Agent> AgentsIn(string ns);

    PromptTemplate? FindPrompt(string ns, string name);

    Workflow? FindWorkflow(string ns, string name);
}
