using AgentOperator.Agents.Building;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Agents;

public sealed class AgentPodTests
{
    [Fact]
    public void A_pod_passes_the_restricted_pod_security_standard_with_a_root_that_nobody_writes_to()
    {
        PodSpec pod = Given.Pod();
        SecurityContext container = pod.Containers.Single().SecurityContext!;

        (pod.SecurityContext!.RunAsNonRoot, pod.SecurityContext.SeccompProfile!.Type).ShouldBe((true, "RuntimeDefault"));
        (container.AllowPrivilegeEscalation, container.ReadOnlyRootFilesystem).ShouldBe((false, true));
        container.Capabilities!.Drop.ShouldBe(["ALL"]);
        pod.Volumes!.Single(static volume => volume.EmptyDir is not null).Name.ShouldBe(pod.Containers.Single().VolumeMounts!.Single(static mount => mount.MountPath == "/tmp").Name);
    }

    [Fact]
    public void No_token_of_the_cluster_is_in_the_pod_but_one_for_the_channel_alone()
    {
        PodSpec pod = Given.Children(Given.Agent(), platform: Given.Platform with { Channel = new("https://operator:8443", "PEM") }).Deployment.Spec!.Template.Spec;

        pod.AutomountServiceAccountToken.ShouldBe(false);
        ServiceAccountTokenProjection token = pod.Volumes!.Single(static volume => volume.Projected is not null).Projected!.Sources!.Single().ServiceAccountToken!;
        (token.Audience, token.Path).ShouldBe((RuntimeFiles.TokenAudience, "token"));
        pod.ServiceAccountName.ShouldBe("reviewer");
    }

    [Fact]
    public void An_account_of_the_users_is_used_with_its_token_and_none_is_made()
    {
        const string Named = """ "deployment": {"serviceAccountName": "builder"} """;

        (Given.Pod(Named).ServiceAccountName, Given.Pod(Named).AutomountServiceAccountToken).ShouldBe(("builder", null));
        Given.Children(Given.Agent(Named)).Account.ShouldBeNull();
        Given.Children(Given.Agent()).Account!.AutomountServiceAccountToken.ShouldBe(false);
    }

    [Fact]
    public void Keys_reach_the_pod_as_references_and_never_as_values()
    {
        PodSpec pod = Given.Pod("""
            "tools": [{"mcp": {"name": "g", "url": "http://g/mcp", "headers": [{"name": "X", "value": "a"}, {"name": "Authorization", "valueFrom": {"secretKeyRef": {"name": "github", "key": "token"}}}]}}]
            """);

        Variable(pod, AgentNames.SecretVariable(Given.Key)).ValueFrom!.SecretKeyRef.ShouldBe(new SecretKeySelector { Name = "anthropic", Key = "api-key" });
        Variable(pod, AgentNames.SecretVariable(new ObjectKeySelector { Name = "github", Key = "token" })).ValueFrom!.SecretKeyRef.ShouldBe(new SecretKeySelector { Name = "github", Key = "token" });
        RuntimeConfig config = Given.Resolve(Given.Agent("""
            "tools": [{"mcp": {"name": "g", "url": "http://g/mcp", "headers": [{"name": "X", "value": "a"}, {"name": "Authorization", "valueFrom": {"secretKeyRef": {"name": "github", "key": "token"}}}]}}]
            """)).Config;
        config.Models.Single().ApiKeyVariable.ShouldBe(AgentNames.SecretVariable(Given.Key));
        config.Tools.Single().Headers.Select(static header => (header.Value, header.Variable)).ShouldBe([("a", null), (null, AgentNames.SecretVariable(new ObjectKeySelector { Name = "github", Key = "token" }))]);
    }

    [Fact]
    public void A_pod_of_an_older_spec_finds_its_own_keys_in_a_newer_configuration_or_none()
    {
        AgentModel first = new() { Provider = ModelProviders.OpenAI, Name = "a", ApiKey = new SecretValue { SecretKeyRef = new ObjectKeySelector { Name = "one", Key = "k" } } };
        AgentModel second = first with { Name = "b", ApiKey = new SecretValue { SecretKeyRef = new ObjectKeySelector { Name = "two", Key = "k" } } };
        Dictionary<string, string> older = AgentEnvironment.OfSecrets(new AgentSpec { Models = [first, second] }).ToDictionary(static variable => variable.Name, static variable => variable.ValueFrom!.SecretKeyRef!.Name!);

        foreach (AgentModel model in new[] { second, first })
        {
            older[AgentResolver.ModelOf(model, null).ApiKeyVariable!].ShouldBe(model.ApiKey!.SecretKeyRef.Name);
        }
    }

    [Fact]
    public void Variables_that_the_user_names_take_the_place_of_ours_once()
    {
        PodSpec pod = Given.Pod(""" "deployment": {"env": [{"name": "OTEL_SERVICE_NAME", "value": "mine"}, {"name": "A", "value": "b"}]} """);

        Variable(pod, "OTEL_SERVICE_NAME").Value.ShouldBe("mine");
        Variable(pod, "A").Value.ShouldBe("b");
        pod.Containers.Single().Env!.Select(static variable => variable.Name).ShouldBeUnique();
    }

    [Fact]
    public void A_rollout_takes_no_pod_away_before_another_is_ready()
    {
        var strategy = Given.Children(Given.Agent()).Deployment.Spec!.Strategy!;

        (strategy.Type, strategy.RollingUpdate!.MaxUnavailable!.Value.Number).ShouldBe(("RollingUpdate", 0));
        Given.Pod().Containers.Single().ReadinessProbe!.HttpGet!.Path.ShouldBe("/readyz");
        Given.Pod().Containers.Single().LivenessProbe!.HttpGet!.Path.ShouldBe("/healthz");
    }

    [Theory]
    [InlineData("", 65)]
    [InlineData(""" "limits": {"timeout": "20s"} """, 25)]
    [InlineData(""" "limits": {"timeout": "1h"} """, 65)]
    public void Calls_in_flight_get_their_time_up_to_a_minute(string more, long seconds) => Given.Pod(more).TerminationGracePeriodSeconds.ShouldBe(seconds);

    [Fact]
    public void A_server_of_the_users_own_is_probed_by_its_port_alone()
    {
        PodSpec pod = Given.Pod(""" "deployment": {"image": "registry.example.com/mine:1", "command": ["serve"], "args": ["--port=8080"]} """);
        Container container = pod.Containers.Single();

        (container.Image, container.ImagePullPolicy).ShouldBe(("registry.example.com/mine:1", "IfNotPresent"));
        container.Command.ShouldBe(["serve"]);
        container.ReadinessProbe!.TcpSocket!.Port.Number.ShouldBe(8080);
        container.ReadinessProbe.HttpGet.ShouldBeNull();
        pod.Volumes!.ShouldNotContain(static volume => volume.Projected != null);
    }

    [Fact]
    public void What_the_user_says_of_the_pods_reaches_them_and_our_labels_stay()
    {
        AgentChildren children = Given.Children(Given.Agent("""
            "deployment": {
              "podTemplate": {"labels": {"team": "a"}, "annotations": {"example.com/x": "y"}}, "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "gpu", "operator": "Exists"}],
              "volumes": [{"name": "data", "emptyDir": {}}], "volumeMounts": [{"name": "data", "mountPath": "/data"}], "imagePullSecrets": [{"name": "registry"}],
              "resources": {"limits": {"memory": "1Gi"}}
            }
            """));
        PodTemplateSpec template = children.Deployment.Spec!.Template;

        template.Metadata!.Labels!["team"].ShouldBe("a");
        template.Metadata.Annotations!["example.com/x"].ShouldBe("y");
        children.Deployment.Spec.Selector!.Matches(template.Metadata.Labels).ShouldBeTrue();
        children.Deployment.Spec.Selector.MatchLabels!.Keys.Order().ShouldBe(["app.kubernetes.io/instance", "app.kubernetes.io/name"]);
        template.Spec.Volumes!.ShouldContain(static volume => volume.Name == "data");
        template.Spec.Containers.Single().VolumeMounts!.ShouldContain(static mount => mount.MountPath == "/data");
        template.Spec.Containers.Single().Resources!.Limits!["memory"].Text.ShouldBe("1Gi");
        template.Spec.ImagePullSecrets!.Single().Name.ShouldBe("registry");
    }

    [Fact]
    public void A_changed_secret_prompt_or_model_is_another_hash_and_nothing_else_is()
    {
        AgentObservation rotated = Given.Complete with { Secrets = new Dictionary<ObjectKeySelector, FoundKey> { [Given.Key] = new(true, "digest-2") } };
        string hash = Hash(Given.Agent());

        Hash(Given.Agent(), rotated).ShouldNotBe(hash);
        Hash(Given.Agent(""" "limits": {"maxTurns": 3} """)).ShouldNotBe(hash);
        Hash(Given.Agent() with { Spec = Given.Agent().Spec with { SystemPrompt = "You code." } }).ShouldNotBe(hash);
        Hash(Given.Agent(""" "replicas": 3 """)).ShouldBe(hash);
        Hash(Given.Agent(status: new AgentStatus { Url = "x" })).ShouldBe(hash);
        Given.Resolve(Given.Agent(), rotated).ConfigText.ShouldBe(Given.Resolve(Given.Agent()).ConfigText);
    }

    [Fact]
    public void The_revision_is_of_image_prompt_models_and_tools()
    {
        string revision = Given.Resolve(Given.Agent()).Revision;

        revision.ShouldStartWith("sha256:");
        Given.Resolve(Given.Agent(""" "replicas": 3, "description": "x" """)).Revision.ShouldBe(revision);
        Given.Resolve(Given.Agent(""" "tools": [{"agent": {"name": "other"}}] """)).Revision.ShouldNotBe(revision);
        Given.Resolve(Given.Agent(), platform: Given.Platform with { RuntimeImage = "other:2" }).Revision.ShouldNotBe(revision);
    }

    [Fact]
    public void Telemetry_and_the_channel_are_told_where_they_are_known()
    {
        AgentOperator.Agents.AgentPlatform platform = Given.Platform with { OtlpEndpoint = "http://otel:4317", Channel = new("https://agentoperator.agentoperator-system.svc", "PEM") };
        PodSpec pod = Given.Children(Given.Agent(), platform: platform).Deployment.Spec!.Template.Spec;

        Variable(pod, "OTEL_EXPORTER_OTLP_ENDPOINT").Value.ShouldBe("http://otel:4317");
        Variable(pod, RuntimeFiles.ReportsUrlVariable).Value.ShouldStartWith(platform.Channel!.Url);
        Variable(pod, RuntimeFiles.AuthorityVariable).Value.ShouldBe("PEM");
        Variable(pod, RuntimeFiles.TokenFileVariable).Value.ShouldBe(RuntimeFiles.Token);
        Given.Pod().Containers.Single().Env!.ShouldNotContain(static variable => variable.Name == "OTEL_EXPORTER_OTLP_ENDPOINT" || variable.Name == RuntimeFiles.ReportsUrlVariable);
    }

    private static string Hash(Agent agent, AgentObservation? seen = null) => Given.Children(agent, seen).Deployment.Spec!.Template.Metadata!.Annotations![Labels.ConfigHash];

    private static EnvVar Variable(PodSpec pod, string name) => pod.Containers.Single().Env!.Single(variable => variable.Name == name);
}
