using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;

namespace AgentOperator.Tests.Workflows;

public sealed class StepJobTests
{
    [Fact]
    public void A_job_runs_its_pod_once_and_never_by_itself_again()
    {
        JobSpec spec = Build(Life.Step("a")).Spec!;

        spec.BackoffLimit.ShouldBe(0);
        spec.Template.Spec.RestartPolicy.ShouldBe("Never");
        spec.PodReplacementPolicy.ShouldBe("Failed");
        spec.PodFailurePolicy!.Rules.Single().Action.ShouldBe("Ignore");
    }

    [Fact]
    public void A_pod_passes_the_restricted_pod_security_standard()
    {
        PodSpec pod = Build(Life.Step("a")).Spec!.Template.Spec;

        pod.SecurityContext!.RunAsNonRoot.ShouldBe(true);
        pod.SecurityContext.SeccompProfile!.Type.ShouldBe("RuntimeDefault");
        pod.Containers.Single().SecurityContext!.AllowPrivilegeEscalation.ShouldBe(false);
        pod.Containers.Single().SecurityContext!.Capabilities!.Drop.ShouldBe(["ALL"]);
        pod.AutomountServiceAccountToken.ShouldBe(false);
    }

    [Fact]
    public void The_timeout_of_the_step_wins_over_the_default()
    {
        StepDefaults defaults = new() { Timeout = new Duration("10m") };

        Build(Life.Step("a"), defaults).Spec!.ActiveDeadlineSeconds.ShouldBe(600);
        Build(Life.Step("a") with { Timeout = new Duration("1500ms") }, defaults).Spec!.ActiveDeadlineSeconds.ShouldBe(2);
        Build(Life.Step("a")).Spec!.ActiveDeadlineSeconds.ShouldBeNull();
    }

    [Fact]
    public void The_idempotency_key_stays_over_retries_and_the_job_does_not()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 1 } }).Turn();
        Job first = StepJobBuilder.Build(life.Workflow, life.Status, life.Decision.Starts.Single());
        life.Fail("a");
        Job second = StepJobBuilder.Build(life.Workflow, life.Status, life.Decision.Starts.Single());

        Variable(second, "AGENTOPERATOR_IDEMPOTENCY_KEY").ShouldBe(Variable(first, "AGENTOPERATOR_IDEMPOTENCY_KEY"));
        Variable(second, "AGENTOPERATOR_ATTEMPT").ShouldBe("2");
        second.Metadata.Name.ShouldNotBe(first.Metadata.Name);
        second.Annotation(Labels.AttemptKey).ShouldNotBe(first.Annotation(Labels.AttemptKey));
    }

    [Theory]
    [InlineData("w", "a")]
    [InlineData("a.name.with.dots-and-a-tail-that-is-sixty-three-characters-lo-ng", "a-step-with-a-name-of-sixty-three-characters-which-is-the-most-1")]
    public void Names_are_dns_labels_of_at_most_52_characters(string workflow, string step)
    {
        string name = AttemptName.Of(new Workflow { Metadata = new ObjectMeta { Name = workflow, Uid = "u" }, Spec = new WorkflowSpec { Steps = [] } }, 1, step, 1);

        name.Length.ShouldBeLessThanOrEqualTo(52);
        name.ShouldMatch("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
    }

    [Fact]
    public void Names_of_attempts_runs_steps_and_workflows_differ()
    {
        Workflow one = new() { Metadata = new ObjectMeta { Name = "w", Uid = "1" }, Spec = new WorkflowSpec { Steps = [] } };
        Workflow other = one with { Metadata = one.Metadata with { Uid = "2" } };

        string[] names = [AttemptName.Of(one, 1, "a", 1), AttemptName.Of(one, 1, "a", 2), AttemptName.Of(one, 2, "a", 1), AttemptName.Of(one, 1, "b", 1), AttemptName.Of(other, 1, "a", 1)];
        names.ShouldBeUnique();
    }

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("busybox:1.36", "IfNotPresent")]
    [InlineData("localhost:5000/busybox", "Always")]
    [InlineData("localhost:5000/busybox:1", "IfNotPresent")]
    [InlineData("busybox@sha256:00", "IfNotPresent")]
    public void Images_are_pulled_as_the_api_server_would_default_it(string image, string policy) => ImagePullPolicy.Of(image).ShouldBe(policy);

    private static string? Variable(Job job, string name) => job.Spec!.Template.Spec.Containers[0].Env!.Single(variable => variable.Name == name).Value;

    private static Job Build(WorkflowStep step, StepDefaults? defaults = null)
    {
        Life life = new Life(new WorkflowSpec { Defaults = defaults, Steps = [step] }).Turn();
        return StepJobBuilder.Build(life.Workflow, life.Status, life.Decision.Starts.Single());
    }
}
