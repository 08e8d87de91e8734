using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Runs;
using AgentOperator.Cli.Tree;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Tests.Tree;

/// <summary>Workflows as the API server would give them.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    public static MicroTime At(double secondsAgo) => new(Now.AddSeconds(-secondsAgo));

    public static WorkflowStep Step(string name, params string[] needs) => new() { Name = name, Needs = needs, Container = new ContainerStep { Image = "x" } };

    public static Workflow Of(string name, IReadOnlyList<WorkflowStep> steps, WorkflowStatus? status, IReadOnlyList<WorkflowStep>? last = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Generation = 1 },
        Spec = new WorkflowSpec { Steps = steps, Finally = last },
        Status = status,
    };

    public static string Text(Workflow workflow, bool isRich, params Workflow[] children) =>
        string.Join('\n', RunLines.Of(RunViewReader.Read(new WorkflowFamily(workflow, children.ToDictionary(static child => child.Metadata.Name!))), isRich, Now).Select(static line => line.ToString()));
}
