using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Targets;

/// <summary>Agents and prompts as the caches have them.</summary>
internal sealed class CachedSurroundings(ObjectStore<Agent> agents, ObjectStore<PromptTemplate> prompts, ChannelState channel) : ISurroundings
{
    public string? ChannelProblem => channel.Problem;

    public Agent? FindAgent(string ns, string name) => agents.Find(new ObjectKey(ns, name));

    public IEnumerable<Agent> AgentsIn(string ns) => agents.All.Where(agent => agent.Metadata.Namespace == ns);

    public PromptTemplate? FindPrompt(string ns, string name) => prompts.Find(new ObjectKey(ns, name));
}
