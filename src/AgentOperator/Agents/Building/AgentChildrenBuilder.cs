using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Policy;

namespace AgentOperator.Agents.Building;

/// <summary>The objects of an Agent.</summary>
internal static class AgentChildrenBuilder
{
    private const int DefaultCpuPercent = 80;

    /// <summary>Of the runtime's /metrics.</summary>
    private const string InFlightMetric = "agent_in_flight_calls";

    /// <exception cref="System.Text.Json.JsonException">A part of the pod or of the network in the spec is none; the path says where.</exception>
    public static AgentChildren Build(Agent agent, ResolvedAgent resolved, AgentObservation seen, AgentPlatform platform)
    {
        bool isAutoscaled = agent.Spec.Scaling is not null;
        bool isHandedOver = seen.Deployment?.Annotation(Labels.Autoscaled) is not null;
        return new AgentChildren
        {
            Config = AgentConfigMap.Build(agent, resolved),
            Service = ServiceOf(agent),
            Deployment = DeploymentOf(agent, resolved, seen, platform),
            HandOver = isAutoscaled && !isHandedOver ? seen.Deployment?.Spec?.Replicas : null,
            Account = agent.Spec.Deployment?.ServiceAccountName is null ? new ServiceAccount { Metadata = AgentNames.MetaOf(agent), AutomountServiceAccountToken = false } : null,
            Network = agent.Spec.Network?.Policy == "Unmanaged" ? null : AgentNetworkPolicy.Build(agent, resolved, seen.Dapr, platform),
            Disruption = Math.Max(agent.Spec.Replicas ?? 1, agent.Spec.Scaling?.Max ?? 1) > 1 ? DisruptionOf(agent) : null,
            Autoscaler = isAutoscaled ? AutoscalerOf(agent, agent.Spec.Scaling!, seen.HasCustomMetrics) : null,
            Dapr = seen.Dapr is null ? null : resolved.HasDapr ? DaprObjects.Of(agent, platform) : DaprObjects.None,
        };
    }

    private static Deployment DeploymentOf(Agent agent, ResolvedAgent resolved, AgentObservation seen, AgentPlatform platform)
    {
        ObjectMeta meta = AgentNames.MetaOf(agent);

        // A Deployment is made with a number, or it would begin with one pod; from then on the autoscaler's is not ours to say.
        bool isLeft = agent.Spec.Scaling is not null && seen.Deployment is not null;
        return new Deployment
        {
            Metadata = isLeft ? meta with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Labels.Autoscaled] = "true" } } : meta,
            Spec = new DeploymentSpec
            {
                Replicas = isLeft ? null : agent.Spec.Scaling?.Min ?? agent.Spec.Replicas ?? 1,
                Selector = new LabelSelector { MatchLabels = AgentNames.SelectorOf(agent) },
                Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = "25%" } },
                RevisionHistoryLimit = 3,
                ProgressDeadlineSeconds = 600,
                Template = AgentPodBuilder.Build(agent, resolved, platform),
            },
        };
    }

    private static Service ServiceOf(Agent agent) => new()
    {
        Metadata = AgentNames.MetaOf(agent),
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            Selector = AgentNames.SelectorOf(agent),
            Ports = [new ServicePort { Name = "http", Port = RuntimeFiles.Port, TargetPort = RuntimeFiles.Port, Protocol = "TCP", AppProtocol = "http" }],
        },
    };

    private static PodDisruptionBudget DisruptionOf(Agent agent) => new()
    {
        Metadata = AgentNames.MetaOf(agent),
        Spec = new PodDisruptionBudgetSpec { MaxUnavailable = 1, Selector = new LabelSelector { MatchLabels = AgentNames.SelectorOf(agent) }, UnhealthyPodEvictionPolicy = "AlwaysAllow" },
    };

    private static HorizontalPodAutoscaler AutoscalerOf(Agent agent, AgentScaling scaling, bool hasCustomMetrics) => new()
    {
        Metadata = AgentNames.MetaOf(agent),
        Spec = new HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new CrossVersionObjectReference { ApiVersion = Deployment.Resource.ApiVersion, Kind = Deployment.Resource.Kind, Name = agent.Metadata.Name! },
            MinReplicas = scaling.Min,
            MaxReplicas = scaling.Max,
            Metrics = [scaling.Target?.InFlight is { } calls && hasCustomMetrics ? InFlight(calls) : Cpu(scaling.Target?.CpuPercent ?? DefaultCpuPercent)],
        },
    };

    private static MetricSpec InFlight(int calls) => new()
    {
        Type = "Pods",
        Pods = new PodsMetricSource { Metric = new MetricIdentifier { Name = InFlightMetric }, Target = new MetricTarget { Type = "AverageValue", AverageValue = new Quantity(calls.ToString(System.Globalization.CultureInfo.InvariantCulture)) } },
    };

    private static MetricSpec Cpu(int percent) => new()
    {
        Type = "Resource",
        Resource = new ResourceMetricSource { Name = "cpu", Target = new MetricTarget { Type = "Utilization", AverageUtilization = percent } },
    };
}
