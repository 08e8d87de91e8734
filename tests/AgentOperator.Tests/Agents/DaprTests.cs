using System.Text.Json;
using AgentOperator.Agents;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Agents;

/// <summary>What an agent's pods and objects say to Dapr.</summary>
public sealed class DaprTests
{
    private static readonly AgentObservation There = Given.Complete with { Dapr = Given.Dapr };

    [Theory]
    [InlineData(null, null, true, "Always")]
    [InlineData(null, null, false, "Never")]
    [InlineData("Auto", "Always", false, "Always")]
    [InlineData("Auto", "Never", true, "Never")]
    [InlineData("Never", "Always", true, "Never")]
    [InlineData("Always", "Never", false, "Always")]
    public void Auto_is_decided_once_and_kept(string? mode, string? before, bool isThere, string expected) =>
        DaprChoice.ModeOf(new AgentSpec { Dapr = mode is null ? null : new AgentDapr { Mode = mode } }, before is null ? null : new AgentDaprStatus { Mode = before }, isThere ? Given.Dapr : null).ShouldBe(expected);

    [Fact]
    public void An_injector_that_is_not_registered_is_no_Dapr() => DaprChoice.ModeOf(new AgentSpec(), null, Given.Dapr with { HasInjector = false }).ShouldBe("Never");

    [Fact]
    public void A_later_loss_of_Dapr_is_a_condition_and_no_rollout()
    {
        Agent agent = Given.Agent(status: new AgentStatus { Dapr = new AgentDaprStatus { Mode = "Always" } });
        AgentObservation lost = Given.Complete with { Deployment = Given.Deployment(1, 1, 1) };

        Hash(agent, lost).ShouldBe(Hash(agent, lost with { Dapr = Given.Dapr }));
        AgentStatus status = Given.Status(agent, lost);
        Given.Condition(status, "DaprAvailable").ShouldBe("False DaprNotInstalled");
        Given.Condition(status, "Ready").ShouldBe("True Available");
        status.Dapr!.Mode.ShouldBe("Always");
    }

    [Fact]
    public void Always_without_Dapr_makes_no_pods_and_says_what_is_missing()
    {
        Agent agent = Given.Agent(""" "dapr": {"mode": "Always"} """);

        Given.Resolve(agent).Problems.ShouldHaveSingleItem().Reason.ShouldBe("DaprNotInstalled");
        Given.Resolve(agent, There).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void The_pod_says_to_the_injector_exactly_what_it_understands()
    {
        IReadOnlyDictionary<string, string> annotations = Given.Annotations("""
            "limits": {"timeout": "30s"},
            "dapr": {"appId": "rev", "logLevel": "warn", "sidecarImage": "daprd:1.18.3", "sidecarResources": {"requests": {"cpu": "50m"}, "limits": {"memory": "128Mi"}}, "apiTokenSecret": {"name": "api"}, "appTokenSecret": {"name": "app"}}
            """, There with { Secrets = Tokens() });

        annotations.Where(static annotation => annotation.Key.StartsWith("dapr.io/", StringComparison.Ordinal)).OrderBy(static annotation => annotation.Key, StringComparer.Ordinal).Select(static annotation => $"{annotation.Key["dapr.io/".Length..]}={annotation.Value}").ShouldBe(
        [
            "api-token-secret=api", "app-health-check-path=/healthz", "app-health-probe-interval=2", "app-health-probe-timeout=1000", "app-health-threshold=3", "app-id=rev", "app-port=8080", "app-protocol=http",
            "app-token-secret=app", "block-shutdown-duration=30s", "enable-app-health-check=true", "enabled=true", "graceful-shutdown-seconds=5", "log-as-json=true", "log-level=warn", "placement-host-address=",
            "scheduler-host-address=", "sidecar-cpu-request=50m", "sidecar-image=daprd:1.18.3", "sidecar-memory-limit=128Mi", "sidecar-seccomp-profile-type=RuntimeDefault",
        ]);
    }

    [Fact]
    public void Without_Dapr_nothing_of_it_is_in_the_pod()
    {
        Given.Annotations("", Given.Complete).Keys.ShouldAllBe(static key => !key.StartsWith("dapr.io/"));
        Given.Pod().Containers.Single().Env!.ShouldNotContain(static variable => variable.Name == "APP_ID");
    }

    [Fact]
    public void The_container_is_told_what_the_injector_does_not_tell_it()
    {
        IReadOnlyList<EnvVar> environment = Given.Pod(""" "dapr": {"apiTokenSecret": {"name": "api"}, "appTokenSecret": {"name": "app"}} """, There with { Secrets = Tokens() }).Containers.Single().Env!;

        environment.Single(static variable => variable.Name == "APP_ID").Value.ShouldBe("reviewer");
        environment.Single(static variable => variable.Name == "APP_PORT").Value.ShouldBe("8080");
        environment.Single(static variable => variable.Name == "NAMESPACE").Value.ShouldBe("team");
        environment.Single(static variable => variable.Name == "DAPR_API_TOKEN").ValueFrom!.SecretKeyRef.ShouldBe(new SecretKeySelector { Name = "api", Key = "token" });
        environment.Single(static variable => variable.Name == "APP_API_TOKEN").ValueFrom!.SecretKeyRef.ShouldBe(new SecretKeySelector { Name = "app", Key = "token" });
    }

    [Fact]
    public void The_pod_outlives_the_drain_and_the_end_of_its_sidecar()
    {
        PodSpec pod = Given.Pod("", There);

        pod.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThan(60 + 5);
        Given.Annotations("", There)["dapr.io/block-shutdown-duration"].ShouldBe("60s");
    }

    [Fact]
    public void No_probe_of_the_agent_waits_for_the_sidecar()
    {
        Container container = Given.Pod("", There).Containers.Single();

        new[] { container.ReadinessProbe!, container.LivenessProbe! }.ShouldAllBe(static probe => probe.HttpGet!.Port.Number == 8080 && !probe.HttpGet.Path!.Contains("/v1.0/"));
    }

    [Fact]
    public void Components_subscriptions_and_resiliency_are_for_this_agent_alone()
    {
        Agent agent = Given.Agent("""
            "dapr": {
              "appId": "rev", "components": [{"name": "memory", "type": "state.redis", "metadata": [{"name": "redisHost", "value": "redis:6379"}], "ignoreErrors": true}],
              "subscriptions": [{"pubsubName": "bus", "topic": "pulls", "skill": "review.analyze", "deadLetterTopic": "dead"}], "resiliency": {"policies": {}}
            }
            """);

        DaprObjects objects = Given.Children(agent, There).Dapr!;

        objects.Components.Single().Scopes.ShouldBe(["rev"]);
        objects.Components.Single().Spec!.Value.GetRawText().ShouldBe("""{"type":"state.redis","version":"v1","metadata":[{"name":"redisHost","value":"redis:6379"}],"ignoreErrors":true}""");
        objects.Subscriptions.Single().Scopes.ShouldBe(["rev"]);
        objects.Subscriptions.Single().Spec!.Value.GetRawText().ShouldBe("""{"pubsubname":"bus","topic":"pulls","routes":{"default":"/dapr/deliveries/0"},"deadLetterTopic":"dead"}""");
        objects.Resiliency!.Scopes.ShouldBe(["rev"]);
        objects.Components.Single().Metadata.OwnerReferences!.Single().Uid.ShouldBe("0d6f");
        Given.Resolve(agent, There).Config.Dapr!.StateStore.ShouldBe("memory");
    }

    [Fact]
    public void A_Configuration_is_there_only_when_there_is_something_to_say()
    {
        Given.Children(Given.Agent(), There).Dapr!.Configuration.ShouldBeNull();
        Given.Annotations("", There).Keys.ShouldNotContain("dapr.io/config");

        AgentPlatform traced = Given.Platform with { OtlpEndpoint = "http://otel.observability:4317" };
        Given.Children(Given.Agent(""" "dapr": {"configuration": {"metric": {"enabled": true}}} """), There, traced).Dapr!.Configuration!.Spec!.Value.GetRawText().ShouldBe(
            """{"metric":{"enabled":true},"tracing":{"samplingRate":"1","otel":{"endpointAddress":"otel.observability:4317","isSecure":false,"protocol":"grpc"}}}""");
        Given.Children(Given.Agent(), There, traced).Deployment.Spec!.Template.Metadata!.Annotations!["dapr.io/config"].ShouldBe("reviewer");
    }

    [Fact]
    public void An_agent_that_gives_its_sidecar_up_keeps_none_of_its_objects()
    {
        Given.Children(Given.Agent(""" "dapr": {"mode": "Never", "components": [{"name": "memory", "type": "state.redis"}]} """), There).Dapr.ShouldBe(DaprObjects.None);
        Given.Children(Given.Agent()).Dapr.ShouldBeNull("without Dapr there is nobody to ask");
    }

    [Fact]
    public void Two_agents_do_not_share_an_app_id()
    {
        Agent first = Given.Agent(name: "first", more: """ "dapr": {"appId": "same"} """);
        Agent second = Given.Agent(name: "second", more: """ "dapr": {"appId": "same"} """);

        Given.Resolve(second, There with { Neighbours = [first] }).Problems.ShouldHaveSingleItem().Reason.ShouldBe("AppIdTaken");
        Given.Resolve(first, There with { Neighbours = [second] }).Problems.ShouldBeEmpty();
    }

    private static Dictionary<ObjectKeySelector, FoundKey> Tokens() => new()
    {
        [Given.Key] = new(true, "d"),
        [new ObjectKeySelector { Name = "api", Key = "token" }] = new(true, "d"),
        [new ObjectKeySelector { Name = "app", Key = "token" }] = new(true, "d"),
    };

    private static string Hash(Agent agent, AgentObservation seen) =>
        JsonSerializer.Serialize(Given.Children(agent, seen).Deployment, Kube.Models.KubeJsonContext.Default.Deployment);
}
