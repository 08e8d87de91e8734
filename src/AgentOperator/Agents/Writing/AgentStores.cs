using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;

namespace AgentOperator.Agents.Writing;

/// <summary>The caches of Agents' children.</summary>
internal sealed record AgentStores(
    ObjectStore<Deployment> Deployments,
    ObjectStore<Service> Services,
    ObjectStore<ServiceAccount> Accounts,
    ObjectStore<ConfigMap> ConfigMaps,
    ObjectStore<NetworkPolicy> Policies,
    ObjectStore<PodDisruptionBudget> Disruptions,
    ObjectStore<HorizontalPodAutoscaler> Autoscalers);
