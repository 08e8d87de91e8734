using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Channels;

/// <summary>The agents of the caller's namespace, by capability.</summary>
internal sealed class AgentDirectory(ObjectStore<Agent> agents, IEnumerable<IReflector> reflectors)
{
    private readonly Reflector<Agent>[] _reflectors = [.. reflectors.OfType<Reflector<Agent>>()];

    /// <param name="caller">Who asks: it sees its own namespace.</param>
    /// <param name="capabilities">Capabilities that an agent must have, all of them; all agents if empty.</param>
    public ChannelAnswer List(ChannelCaller caller, IReadOnlyList<string> capabilities)
    {
        if (_reflectors.Any(static reflector => !reflector.Synced.IsCompletedSuccessfully))
        {
            return ChannelAnswer.Refuse(StatusCodes.Status503ServiceUnavailable, "the agents are not known yet: try again") with { RetryAfter = 1 };
        }

        AgentEntry[] found =
        [
            .. agents.All
                .Where(agent => agent.Metadata.Namespace == caller.Namespace && !agent.IsTerminating() && capabilities.All(capability => agent.Spec.Capabilities?.Contains(capability) == true))
                .OrderBy(static agent => agent.Metadata.Name, StringComparer.Ordinal)
                .Select(static agent => new AgentEntry
                {
                    Name = agent.Metadata.Name!,
                    Role = agent.Spec.Role,
                    Description = agent.Spec.Description,
                    Capabilities = agent.Spec.Capabilities ?? [],
                    Skills = [.. (agent.Spec.Skills ?? []).Select(static skill => skill.Name)],
                    Url = agent.Status?.Url,
                    Ready = agent.Status?.ReadyReplicas > 0,
                    Revision = agent.Status?.Revision,
                }),
        ];
        return new ChannelAnswer(StatusCodes.Status200OK, JsonSerializer.Serialize(new AgentList(found), OperatorJsonContext.Default.AgentList)) { IsJson = true };
    }
}
