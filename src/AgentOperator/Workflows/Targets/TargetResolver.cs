using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Targets;

/// <summary>Which Agent, skill and prompt a step means. What is missing may come: the step waits and says for what.</summary>
internal static class TargetResolver
{
    /// <param name="ns">The workflow's namespace.</param>
    /// <param name="step">The step.</param>
    /// <param name="surroundings">What there is.</param>
    /// <param name="decided">What an earlier attempt was resolved to: it stays, but for what the Agent is by now.</param>
    public static Resolution Resolve(string ns, WorkflowStep step, ISurroundings surroundings, StepTarget? decided = null) => step switch
    {
        { Workflow: { } nested } => Resolve(ns, nested, surroundings),
        _ when surroundings.ChannelProblem is { } problem && (step.Container is null || step.Outputs is { Count: > 0 }) =>
            new Resolution(null, WaitingReasons.Channel, $"the operator's channel for results is not open: {problem}"),
        { Container: not null } => new Resolution(null),
        _ when decided is not null => new Resolution(Newest(ns, decided, surroundings)),
        { Agent: { } agent } => Resolve(ns, agent, surroundings),
        { Consensus: { } consensus } => Resolve(ns, consensus, surroundings),
        { Prompt: { } prompt } => Resolve(ns, prompt.Template, surroundings),
        _ => new Resolution(null),
    };

    private static Resolution Resolve(string ns, NestedWorkflowStep step, ISurroundings surroundings) =>
        surroundings.FindWorkflow(ns, step.Name) is { } workflow && !workflow.IsTerminating() ? new Resolution(null) : Resolution.Missing($"there is no Workflow {step.Name} in this namespace");

    private static StepTarget Newest(string ns, StepTarget decided, ISurroundings surroundings) =>
        decided.Agent is { } name && surroundings.FindAgent(ns, name)?.Status is { } status
            ? decided with { Revision = status.Revision, Url = decided.Url is null ? null : status.Url ?? decided.Url }
            : decided with { Voters = decided.Voters is { } voters ? [.. voters.Select(voter => Newest(ns, voter, surroundings))] : null };

    private static VoterTarget Newest(string ns, VoterTarget decided, ISurroundings surroundings) =>
        surroundings.FindAgent(ns, decided.Agent)?.Status is { } status ? decided with { Revision = status.Revision, Url = status.Url ?? decided.Url } : decided;

    /// <summary>All voices must be there: a vote that some never heard of is none.</summary>
    private static Resolution Resolve(string ns, ConsensusStep step, ISurroundings surroundings)
    {
        List<VoterTarget> voters = [];
        foreach (ConsensusVoter voter in step.Agents)
        {
            Resolution one = Resolve(ns, new AgentStep { Name = voter.Name, Skill = voter.Skill, Mode = AgentStepModes.Deployed }, surroundings);
            if (one.Target is not { } target)
            {
                return one;
            }

            voters.Add(new VoterTarget { Agent = target.Agent!, Skill = target.Skill!, Url = target.Url!, Revision = target.Revision });
        }

        return new Resolution(new StepTarget { Voters = voters });
    }

    private static Resolution Resolve(string ns, AgentStep step, ISurroundings surroundings)
    {
        Agent? agent = step.Name is { } name ? surroundings.FindAgent(ns, name) : Best(surroundings.AgentsIn(ns), step.Requires ?? []);
        if (agent is null)
        {
            return Resolution.Missing(step.Name is not null
                ? $"there is no Agent {step.Name} in this namespace"
                : $"no Agent of this namespace has all of the capabilities {string.Join(", ", step.Requires ?? [])}");
        }

        IReadOnlyList<string> skills = [.. (agent.Spec.Skills ?? []).Select(static skill => skill.Name)];
        if ((step.Skill ?? (skills is [{ } only] ? only : null)) is not { } skill)
        {
            return Resolution.Missing($"Agent {agent.Metadata.Name} has {(skills.Count == 0 ? "no skills in its spec" : $"the skills {string.Join(", ", skills)}")}: name one in agent.skill");
        }

        bool isOwnImage = agent.Spec.Deployment?.Image is not null;
        if (!isOwnImage && !skills.Contains(skill))
        {
            return Resolution.Missing($"Agent {agent.Metadata.Name} has no skill {skill}; it has {string.Join(", ", skills)}");
        }

        return Place(agent, skill, ModeOf(step, agent), isOwnImage);
    }

    private static Resolution Place(Agent agent, string skill, string mode, bool isOwnImage)
    {
        StepTarget target = new() { Agent = agent.Metadata.Name, Skill = skill, Mode = mode, Url = agent.Status?.Url, Revision = agent.Status?.Revision };
        if (mode == AgentStepModes.InJob)
        {
            return isOwnImage ? Resolution.Missing($"Agent {agent.Metadata.Name} has an image of its own, which a step's Job cannot be: set agent.mode to Deployed")
                : agent.Status?.Revision is null || !Is(agent, AgentConditionTypes.ResolvedRefs) ? Resolution.NotReady($"Agent {agent.Metadata.Name} is not complete: {Say(agent, AgentConditionTypes.ResolvedRefs)}")
                : new Resolution(target with { Url = null });
        }

        return agent.Status is { Url: not null, ReadyReplicas: > 0 }
            ? new Resolution(target)
            : Resolution.NotReady(agent.Spec.Replicas == 0
                ? $"Agent {agent.Metadata.Name} has replicas: 0: scale it, or set agent.mode to InJob"
                : $"Agent {agent.Metadata.Name} has no ready pod: {Say(agent, ConditionTypes.Ready)}");
    }

    private static Resolution Resolve(string ns, PromptReference reference, ISurroundings surroundings)
    {
        if (surroundings.FindPrompt(ns, reference.Name) is not { } prompt)
        {
            return Resolution.Missing($"there is no PromptTemplate {reference.Name} in this namespace");
        }

        string version = reference.Version ?? "stable";
        string? wanted = version == "stable" ? prompt.Status?.Stable : version;
        PromptRevision? revision = wanted is null ? null : prompt.Status?.Revisions?.FirstOrDefault(candidate => candidate.Digest == wanted || candidate.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == wanted);
        return revision switch
        {
            null when version == "stable" => Resolution.Missing($"PromptTemplate {reference.Name} has no valid revision yet"),
            null => Resolution.Missing($"PromptTemplate {reference.Name} has no revision {version}"),
            { Valid: false } => Resolution.Missing($"revision {revision.Number} of PromptTemplate {reference.Name} is not valid: see its status.findings"),
            _ => new Resolution(new StepTarget { Prompt = $"{reference.Name}@{revision.Number}", PromptDigest = revision.Digest, PromptRevision = revision.Object }),
        };
    }

    private static string ModeOf(AgentStep step, Agent agent) => step.Mode switch
    {
        AgentStepModes.Deployed or AgentStepModes.InJob => step.Mode,
        _ => agent.Spec.Replicas == 0 && agent.Spec.Deployment?.Image is null ? AgentStepModes.InJob : AgentStepModes.Deployed,
    };

    private static Agent? Best(IEnumerable<Agent> agents, IReadOnlyList<string> capabilities) => agents
        .Where(agent => !agent.IsTerminating() && capabilities.All(capability => agent.Spec.Capabilities?.Contains(capability) == true))
        .OrderByDescending(static agent => agent.Status?.ReadyReplicas > 0)
        .ThenBy(static agent => agent.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool Is(Agent agent, string type) => Find(agent, type)?.Status == ConditionStatus.True;

    private static string Say(Agent agent, string type) => Find(agent, type) is { } condition ? $"{condition.Reason}: {condition.Message}" : "the operator has not looked at it yet";

    private static Condition? Find(Agent agent, string type) => agent.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
