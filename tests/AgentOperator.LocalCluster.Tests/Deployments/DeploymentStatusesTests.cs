using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Deployments;

namespace AgentOperator.Local.Tests.Deployments;

public sealed class DeploymentStatusesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RolloutLimits Limits = new(2, 1, 0);
    private static readonly RolloutSet Stuck = new("new", 2, 2, 0, 0);

    [Fact]
    public void A_rollout_that_does_not_move_for_its_deadline_is_late_until_it_moves()
    {
        DeploymentStatus status = Build(new DeploymentStatus(), Stuck, seconds: 0);
        Progressing(status).ShouldBe(("True", "ReplicaSetUpdated"));

        status = Build(status, Stuck, seconds: 59);
        Progressing(status).ShouldBe(("True", "ReplicaSetUpdated"));

        status = Build(status, Stuck, seconds: 60);
        Progressing(status).ShouldBe(("False", "ProgressDeadlineExceeded"));
        status.Conditions!.Single(static condition => condition.Type == "Progressing").Message.ShouldBe("Deployment \"d\" has timed out progressing.");

        status = Build(status, Stuck, seconds: 90);
        Progressing(status).ShouldBe(("False", "ProgressDeadlineExceeded"));

        status = Build(status, Stuck with { Ready = 2, Available = 2 }, seconds: 91);
        Progressing(status).ShouldBe(("True", "NewReplicaSetAvailable"));
    }

    [Fact]
    public void Movement_starts_the_deadline_anew()
    {
        DeploymentStatus status = Build(new DeploymentStatus(), Stuck, seconds: 0);
        status = Build(status, Stuck with { Ready = 1, Available = 1 }, seconds: 50);
        Progressing(Build(status, Stuck with { Ready = 1, Available = 1 }, seconds: 109)).ShouldBe(("True", "ReplicaSetUpdated"));
        Progressing(Build(status, Stuck with { Ready = 1, Available = 1 }, seconds: 110)).ShouldBe(("False", "ProgressDeadlineExceeded"));
    }

    [Fact]
    public void A_paused_rollout_is_never_late()
    {
        DeploymentStatus status = Build(new DeploymentStatus(), Stuck, seconds: 0, paused: true);
        Progressing(Build(status, Stuck, seconds: 1000, paused: true)).ShouldBe(("Unknown", "DeploymentPaused"));
        Progressing(Build(status, Stuck, seconds: 1001)).ShouldBe(("True", "ReplicaSetUpdated"));
    }

    private static DeploymentStatus Build(DeploymentStatus before, RolloutSet current, int seconds, bool paused = false) => DeploymentStatuses.Build(
        new Deployment
        {
            Metadata = new ObjectMeta { Name = "d", Generation = 1 },
            Spec = new DeploymentSpec { Replicas = 2, Paused = paused, ProgressDeadlineSeconds = 60, Template = new PodTemplateSpec { Spec = new PodSpec() } },
            Status = before,
        },
        Limits,
        current,
        [],
        Start.AddSeconds(seconds));

    private static (string Status, string? Reason) Progressing(DeploymentStatus status)
    {
        DeploymentCondition condition = status.Conditions!.Single(static condition => condition.Type == "Progressing");
        return (condition.Status, condition.Reason);
    }
}
