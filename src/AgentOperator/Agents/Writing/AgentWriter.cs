using AgentOperator.Agents.Building;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Deciding;
using AgentOperator.Api.Agents;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;

namespace AgentOperator.Agents.Writing;

/// <summary>Makes the children what they are to be, in the order in which they need each other.</summary>
[RequiresAccess<Deployment>(Verbs.Create, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<Service>(Verbs.Create, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<ServiceAccount>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<ConfigMap>(Verbs.Create, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<NetworkPolicy>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<PodDisruptionBudget>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<HorizontalPodAutoscaler>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
internal sealed class AgentWriter(KubeClient client, ChildWriter children, AgentStores stores, DaprWriter dapr)
{
    /// <summary>Holds a Deployment's replicas between us and an autoscaler: with nobody to hold them they would fall to one.</summary>
    private static readonly ApplyOptions ScaleApply = new("agentoperator-scale");

    public Task<ChildOutcome> WriteAsync(Agent agent, AgentChildren wanted, CancellationToken cancellation) => TryAsync(() => ApplyAsync(agent, wanted, cancellation));

    /// <summary>While something that the spec names is missing: what guards the pods and leads to them is kept, and their number; what they run is left alone.</summary>
    public Task<ChildOutcome> KeepAsync(Agent agent, AgentChildren wanted, CancellationToken cancellation) => TryAsync(async () =>
    {
        string name = agent.Metadata.Name!;
        await EnsureAsync(agent, stores.Accounts, wanted.Account, name, cancellation);
        await children.ApplyAsync(agent, stores.Services, wanted.Service, cancellation);
        await EnsureAsync(agent, stores.Policies, wanted.Network, name, cancellation);
        await EnsureAsync(agent, stores.Disruptions, wanted.Disruption, name, cancellation);
        if (agent.Spec.Scaling is null && wanted.Deployment.Spec?.Replicas is { } replicas && stores.Deployments.Find(agent.Key())?.Spec?.Replicas != replicas)
        {
            await ScaleAsync(agent, replicas, cancellation);
        }

        return false;
    });

    private static async Task<ChildOutcome> TryAsync(Func<Task<bool>> write)
    {
        try
        {
            return new ChildOutcome { IsChanged = await write() };
        }
        catch (NameTakenException error)
        {
            return ChildOutcome.Refused("NameTaken", error.Message);
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge)
        {
            return ChildOutcome.Refused("ChildRefused", $"the API server refuses what the spec asks for: {error.Message}");
        }
    }

    /// <summary>Forgets an agent that is gone.</summary>
    public void Forget(ObjectKey agent)
    {
        children.Forget(agent);
        dapr.Forget(agent);
    }

    private async Task<bool> ApplyAsync(Agent agent, AgentChildren wanted, CancellationToken cancellation)
    {
        string name = agent.Metadata.Name!;
        bool changed = await EnsureAsync(agent, stores.Accounts, wanted.Account, name, cancellation);
        changed |= await children.ApplyAsync(agent, stores.ConfigMaps, wanted.Config, cancellation);
        changed |= await children.ApplyAsync(agent, stores.Services, wanted.Service, cancellation);
        changed |= await EnsureAsync(agent, stores.Policies, wanted.Network, name, cancellation);
        await dapr.WriteAsync(agent, wanted.Dapr, cancellation);
        if (wanted.HandOver is { } replicas)
        {
            await ScaleAsync(agent, replicas, cancellation);
        }

        changed |= await children.ApplyAsync(agent, stores.Deployments, wanted.Deployment, cancellation);
        changed |= await EnsureAsync(agent, stores.Disruptions, wanted.Disruption, name, cancellation);
        return changed | await EnsureAsync(agent, stores.Autoscalers, wanted.Autoscaler, name, cancellation);
    }

    private Task<DeploymentScale> ScaleAsync(Agent agent, int replicas, CancellationToken cancellation)
    {
        DeploymentScale scale = new() { Metadata = new ObjectMeta { Name = agent.Metadata.Name, Namespace = agent.Metadata.Namespace }, Spec = new DeploymentScaleSpec { Replicas = replicas } };
        return client.Resource<DeploymentScale>(agent.Metadata.Namespace).ApplyAsync(scale, ScaleApply, cancellation);
    }

    private Task<bool> EnsureAsync<T>(Agent agent, Controllers.Caching.ObjectStore<T> store, T? wanted, string name, CancellationToken cancellation)
        where T : class, IKubernetesObject<T> =>
        wanted is null ? children.DeleteAsync(agent, store, name, cancellation) : children.ApplyAsync(agent, store, wanted, cancellation);
}
