using System.Globalization;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Dapr;

/// <summary>What a pod says to Dapr's injector, and what its container hears of the sidecar. Annotations and defaults: dapr/dapr, pkg/injector/annotations.</summary>
internal static class DaprPod
{
    /// <summary>Seconds that the sidecar gets to end after it has stopped serving.</summary>
    public const int GracefulSeconds = 5;

    /// <summary>Annotations of the pod template. The injector wants the texts as they are here: its webhook takes no other yes than <c>true</c>.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="drainSeconds">How long calls in flight may take: the sidecar serves them until then.</param>
    /// <param name="hasConfiguration">Whether there is a Configuration of the agent's own.</param>
    public static IEnumerable<KeyValuePair<string, string>> Annotations(Agent agent, int drainSeconds, bool hasConfiguration)
    {
        AgentDapr dapr = agent.Spec.Dapr ?? new AgentDapr();
        (string Name, string? Value)[] all =
        [
            ("enabled", "true"),
            ("app-id", DaprChoice.AppIdOf(agent)),
            ("app-port", RuntimeFiles.Port.ToString(CultureInfo.InvariantCulture)),
            ("app-protocol", "http"),
            ("config", hasConfiguration ? agent.Metadata.Name : null),
            ("log-level", dapr.LogLevel ?? "info"),
            ("log-as-json", "true"),
            ("sidecar-image", dapr.SidecarImage),
            ("sidecar-cpu-request", Resource(dapr.SidecarResources?.Requests, "cpu")),
            ("sidecar-cpu-limit", Resource(dapr.SidecarResources?.Limits, "cpu")),
            ("sidecar-memory-request", Resource(dapr.SidecarResources?.Requests, "memory")),
            ("sidecar-memory-limit", Resource(dapr.SidecarResources?.Limits, "memory")),
            ("sidecar-seccomp-profile-type", "RuntimeDefault"),
            ("graceful-shutdown-seconds", GracefulSeconds.ToString(CultureInfo.InvariantCulture)),
            ("block-shutdown-duration", string.Create(CultureInfo.InvariantCulture, $"{drainSeconds}s")),

            // Empty is off; absent would be the control plane's address, and readiness would wait for it. Agents use neither actors nor jobs.
            ("placement-host-address", ""),
            ("scheduler-host-address", ""),
            ("api-token-secret", dapr.ApiTokenSecret?.Name),
            ("app-token-secret", dapr.AppTokenSecret?.Name),
            .. Health(agent),
        ];
        return all.Where(static annotation => annotation.Value is not null).Select(static annotation => KeyValuePair.Create("dapr.io/" + annotation.Name, annotation.Value!));
    }

    /// <summary>Variables of the agent's container: on Kubernetes the injector sets no more than its ports.</summary>
    public static IEnumerable<EnvVar> Environment(Agent agent)
    {
        yield return new EnvVar { Name = "APP_ID", Value = DaprChoice.AppIdOf(agent) };
        yield return new EnvVar { Name = "APP_PORT", Value = RuntimeFiles.Port.ToString(CultureInfo.InvariantCulture) };
        yield return new EnvVar { Name = "NAMESPACE", Value = agent.Metadata.Namespace };
        if (agent.Spec.Dapr?.ApiTokenSecret is { } api)
        {
            yield return Secrets.Variable("DAPR_API_TOKEN", new ObjectKeySelector { Name = api.Name, Key = AgentReferences.TokenKey });
        }

        if (agent.Spec.Dapr?.AppTokenSecret is { } app)
        {
            yield return Secrets.Variable("APP_API_TOKEN", new ObjectKeySelector { Name = app.Name, Key = AgentReferences.TokenKey });
        }
    }

    /// <summary>A sidecar that knows that our process has ended need not wait for the rest of the drain.</summary>
    private static IEnumerable<(string Name, string? Value)> Health(Agent agent) =>
        agent.Spec.Deployment?.Image is not null
            ? []
            : [("enable-app-health-check", "true"), ("app-health-check-path", "/healthz"), ("app-health-probe-interval", "2"), ("app-health-probe-timeout", "1000"), ("app-health-threshold", "3")];

    private static string? Resource(IReadOnlyDictionary<string, Kube.Models.Quantity>? resources, string name) =>
        resources is not null && resources.TryGetValue(name, out Kube.Models.Quantity quantity) ? quantity.Text : null;
}
