using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Templates;

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
    public void What_the_user_says_of_the_pod_reaches_it()
    {
        PodSpec pod = Pod("""
            {
              "image": "i", "imagePullPolicy": "Never", "workingDir": "/work", "serviceAccountName": "builder", "nodeSelector": {"disk": "ssd"},
              "env": [{"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}, {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}],
              "envFrom": [{"prefix": "C_", "configMapRef": {"name": "c"}}],
              "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "p"}}], "volumeMounts": [{"name": "v", "mountPath": "/v", "readOnly": true}],
              "imagePullSecrets": [{"name": "registry"}], "tolerations": [{"key": "gpu", "operator": "Exists"}],
              "resources": {"limits": {"cpu": "2"}}
            }
            """);
        Container main = pod.Containers.Single();

        main.ImagePullPolicy.ShouldBe("Never");
        main.WorkingDir.ShouldBe("/work");
        main.Env!.Single(static variable => variable.Name == "KEY").ValueFrom!.SecretKeyRef!.Key.ShouldBe("k");
        main.Env!.Single(static variable => variable.Name == "NODE").ValueFrom!.FieldRef!.FieldPath.ShouldBe("spec.nodeName");
        main.EnvFrom!.Single().ConfigMapRef!.Name.ShouldBe("c");
        main.VolumeMounts!.Single().ReadOnly.ShouldBe(true);
        main.Resources!.Limits!["cpu"].ToString().ShouldBe("2");
        pod.Volumes!.Single().PersistentVolumeClaim!.ClaimName.ShouldBe("p");
        pod.ImagePullSecrets!.Single().Name.ShouldBe("registry");
        pod.Tolerations!.Single().Key.ShouldBe("gpu");
        pod.NodeSelector!["disk"].ShouldBe("ssd");
        pod.ServiceAccountName.ShouldBe("builder");
        pod.AutomountServiceAccountToken.ShouldBeNull();
    }

    [Fact]
    public void Security_settings_win_field_by_field()
    {
        PodSpec own = Pod("""{"image":"i","podSecurityContext":{"runAsNonRoot":false},"securityContext":{"readOnlyRootFilesystem":true,"capabilities":{"add":["NET_BIND_SERVICE"]}}}""");
        own.SecurityContext!.RunAsNonRoot.ShouldBe(false);
        own.SecurityContext.RunAsUser.ShouldBeNull();
        own.SecurityContext.SeccompProfile!.Type.ShouldBe("RuntimeDefault");
        own.Containers[0].SecurityContext!.ReadOnlyRootFilesystem.ShouldBe(true);
        own.Containers[0].SecurityContext!.Capabilities!.Drop.ShouldBe(["ALL"]);
        own.Containers[0].SecurityContext!.Capabilities!.Add.ShouldBe(["NET_BIND_SERVICE"]);

        Pod("""{"image":"i","podSecurityContext":{"runAsUser":1000}}""").SecurityContext!.RunAsGroup.ShouldBe(65532);
        Pod("""{"image":"i","securityContext":{"privileged":true}}""").Containers[0].SecurityContext!.AllowPrivilegeEscalation.ShouldBeNull();
    }

    [Fact]
    public void A_value_that_no_argument_can_hold_is_refused_with_its_name()
    {
        WorkflowSpec spec = new()
        {
            Params = [new WorkflowParameter { Name = "p", Value = JsonElement.Parse($"\"{new string('x', 40_000)}\"") }],
            Steps = [Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = ["{{ params.p }}"] } }],
        };
        Life life = new Life(spec).Turn();

        Should.Throw<TemplateException>(() => life.BuildJob()).Message
            .ShouldBe("{{ params.p }} has 40000 bytes, more than the 32768 that an argument or variable may have: write {{ file(params.p) }}, which is the path of a file with the value");
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
        Job first = life.BuildJob();
        life.Fail("a");
        Job second = life.BuildJob();

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
        string name = AttemptName.Of(new Workflow { Metadata = new ObjectMeta { Name = workflow, Uid = "u" }, Spec = new WorkflowSpec { Steps = [] } }, 1, new AttemptId(step, 1));

        name.Length.ShouldBeLessThanOrEqualTo(52);
        name.ShouldMatch("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
    }

    [Fact]
    public void Names_of_attempts_runs_steps_and_workflows_differ()
    {
        Workflow one = new() { Metadata = new ObjectMeta { Name = "w", Uid = "1" }, Spec = new WorkflowSpec { Steps = [] } };
        Workflow other = one with { Metadata = one.Metadata with { Uid = "2" } };

        string[] names = [AttemptName.Of(one, 1, new AttemptId("a", 1)), AttemptName.Of(one, 1, new AttemptId("a", 2)), AttemptName.Of(one, 2, new AttemptId("a", 1)), AttemptName.Of(one, 1, new AttemptId("b", 1)), AttemptName.Of(other, 1, new AttemptId("a", 1))];
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

    private static PodSpec Pod(string container) =>
        Build(Life.Step("a") with { Container = JsonSerializer.Deserialize(container, ApiJsonContext.Default.ContainerStep) }).Spec!.Template.Spec;

    private static Job Build(WorkflowStep step, StepDefaults? defaults = null)
    {
        Life life = new Life(new WorkflowSpec { Defaults = defaults, Steps = [step] }).Turn();
        return life.BuildJob();
    }
}
