using System.Text.Json;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Channels;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Agents.Building;

/// <summary>Variables of an agent's container.</summary>
internal static class AgentEnvironment
{
    /// <summary>What the user names takes the place of ours.</summary>
    /// <exception cref="JsonException">A valueFrom is none.</exception>
    public static IEnumerable<EnvVar> Of(Agent agent, ResolvedAgent resolved, AgentPlatform platform)
    {
        EnvVar[] users = [.. (agent.Spec.Deployment?.Env ?? []).Select(static variable => new EnvVar { Name = variable.Name, Value = variable.Value, ValueFrom = PodPart.Read<EnvVarSource>(variable.ValueFrom) })];
        HashSet<string> named = [.. users.Select(static variable => variable.Name)];
        return [.. Ours(agent, resolved, platform).Where(variable => !named.Contains(variable.Name)), .. users];
    }

    /// <summary>Variables for the secrets that models and servers of tools need; the runtime's configuration has their names.</summary>
    public static IReadOnlyList<EnvVar> OfSecrets(AgentSpec spec) =>
    [
        .. (spec.Models ?? []).Select(static model => model.ApiKey)
            .Concat((spec.Tools ?? []).SelectMany(static tool => tool.Mcp?.Headers ?? []).Select(static header => header.ValueFrom))
            .OfType<SecretValue>()
            .Select(static value => value.SecretKeyRef)
            .Distinct()
            .Select(static key => Secrets.Variable(AgentNames.SecretVariable(key), key)),
    ];

    private static IEnumerable<EnvVar> Ours(Agent agent, ResolvedAgent resolved, AgentPlatform platform) =>
    [
        FieldOf("POD_IP", "status.podIP"),
        FieldOf("POD_NAME", "metadata.name"),
        new EnvVar { Name = "OTEL_SERVICE_NAME", Value = agent.Metadata.Name },

        // Kubernetes expands $(POD_NAME) from the variable above.
        new EnvVar { Name = "OTEL_RESOURCE_ATTRIBUTES", Value = $"service.namespace={agent.Metadata.Namespace},service.version={resolved.Revision},k8s.namespace.name={agent.Metadata.Namespace},k8s.pod.name=$(POD_NAME)" },
        .. Given("OTEL_EXPORTER_OTLP_ENDPOINT", platform.OtlpEndpoint),
        .. agent.Spec.Deployment?.Image is null ? ChannelPart.Variables(platform.Channel, RuntimeFiles.ReportsUrlVariable, ChannelPaths.ReportOf(agent.Metadata.Namespace!, agent.Metadata.Name!)) : [],
        .. OfSecrets(agent.Spec),
        .. resolved.HasDapr ? DaprPod.Environment(agent) : [],
    ];

    private static EnvVar FieldOf(string name, string path) => new() { Name = name, ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } } };

    private static EnvVar[] Given(string name, string? value) => value is null ? [] : [new EnvVar { Name = name, Value = value }];
}
