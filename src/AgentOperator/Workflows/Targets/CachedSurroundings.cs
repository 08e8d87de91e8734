using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Targets;

/// <summary>Agents, prompts and Workflows as the caches have them.</summary>
internal sealed class CachedSurroundings(ObjectStore<Agent> agents, ObjectStore<PromptTemplate> prompts, ObjectStore<Workflow> workflows, ChannelState channel) : ISurroundings
{
    public string? ChannelProblem => channel.Problem;

    public Agent? FindAgent(string ns, string name) => agents.Find(new ObjectKey(ns, name));

    public IEnumerable<Agent> AgentsIn(string ns) => agents.All.Where(agent => agent.Metadata.Namespace == ns);

    public PromptTemplate? FindPrompt(string ns, string name) => prompts.Find(new ObjectKey(ns, name));

    public Workflow? FindWorkflow(string ns, string name) => workflows.Find(new ObjectKey(ns, name));
}
