using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Targets;

namespace AgentOperator.Tests.Workflows;

/// <summary>Agents and prompts that a test says are there.</summary>
internal sealed class FakeNamespace(params Agent[] agents) : ISurroundings
{
    public List<Agent> Agents { get; } = [.. agents];

    public List<PromptTemplate> Prompts { get; } = [];

    public string? ChannelProblem { get; set; }

    public static Agent Agent(string name, int ready, params string[] skills) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "n" },
        Spec = new AgentSpec { Models = [], Skills = [.. skills.Select(static skill => new AgentSkill { Name = skill })] },
        Status = new AgentStatus
        {
            Url = $"http://{name}.n.svc:8080",
            ReadyReplicas = ready,
            Revision = "sha256:r",
            Conditions = [new Condition { Type = AgentConditionTypes.ResolvedRefs, Status = ConditionStatus.True, Reason = "Resolved", Message = "", LastTransitionTime = new Time(DateTimeOffset.UnixEpoch) }],
        },
    };

    public Agent? FindAgent(string ns, string name) => Agents.Find(agent => agent.Metadata.Name == name);

    public IEnumerable<Agent> AgentsIn(string ns) => Agents;

    public PromptTemplate? FindPrompt(string ns, string name) => Prompts.Find(prompt => prompt.Metadata.Name == name);

    public List<Workflow> Workflows { get; } = [];

    public Workflow? FindWorkflow(string ns, string name) => Workflows.Find(workflow => workflow.Metadata.Name == name);
}
