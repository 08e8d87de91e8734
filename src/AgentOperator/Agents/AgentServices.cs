using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Agents.Writing;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Channels;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Agents;

/// <summary>Registers what runs Agents.</summary>
internal static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<Agent>(options);
        services.AddReflector<AgentPod>(options, Labels.Agent, static pod => AgentObserver.KeyOf(pod.Metadata.Namespace, pod.Label(Labels.Agent)!));
        services.AddReflector<Deployment>(options, Labels.Agent);
        services.AddReflector<Service>(options, Labels.Agent);
        services.AddReflector<ServiceAccount>(options, Labels.Agent);
        services.AddReflector<ConfigMap>(options, Labels.Agent);
        services.AddReflector<NetworkPolicy>(options, Labels.Agent);
        services.AddReflector<PodDisruptionBudget>(options, Labels.Agent);
        services.AddReflector<HorizontalPodAutoscaler>(options, Labels.Agent);
        services.AddSingleton<AgentStores>();
        services.AddSingleton(provider => PlatformOf(options, provider.GetRequiredService<KubeClient>()));
        services.AddSingleton<ClusterFactsReader>();
        services.AddSingleton(provider => new PriceCatalogueReader(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<AgentPlatform>(),
            options.PriceCatalogue,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PriceCatalogueReader>>()));
        services.AddSingleton<SidecarMetadataReader>();
        services.AddSingleton<AgentObserver>();
        services.AddSingleton<DaprWriter>();
        services.AddSingleton<IController>(provider => Create(provider, options));
        return services;
    }

    private static AgentPlatform PlatformOf(OperatorOptions options, KubeClient client) => new()
    {
        RuntimeImage = options.AgentRuntimeImage,
        OperatorNamespace = options.LeaseNamespace ?? client.DefaultNamespace,
        OtlpEndpoint = options.AgentOtlpEndpoint,
    };

    private static Controller<Agent> Create(IServiceProvider provider, OperatorOptions options)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        KubeClient client = provider.GetRequiredService<KubeClient>();
        ObjectStore<Agent> agents = provider.GetRequiredService<ObjectStore<Agent>>();
        AgentStores stores = provider.GetRequiredService<AgentStores>();
        OwnWrites writes = new(time);
        AgentReconciler reconciler = new(
            client,
            agents,
            provider.GetRequiredService<AgentObserver>(),
            new AgentWriter(client, new ChildWriter(client, writes), stores, provider.GetRequiredService<DaprWriter>()),
            provider.GetRequiredService<AgentPlatform>(),
            provider.GetRequiredService<ChannelState>(),
            provider.GetRequiredService<IEventRecorder>(),
            writes,
            time);
        return new Controller<Agent>(reconciler, writes, options.Workers, time, provider.GetRequiredService<ILogger<Controller<Agent>>>())
            .Share(provider.GetService<ShardClaims>())
            .Watch(agents)
            .Watch(provider.GetRequiredService<ObjectStore<AgentPod>>(), AgentOf)
            .Watch(stores.Deployments, AgentOf)
            .Watch(stores.Services, AgentOf)
            .Watch(stores.Accounts, AgentOf)
            .Watch(stores.ConfigMaps, AgentOf)
            .Watch(stores.Policies, AgentOf)
            .Watch(stores.Disruptions, AgentOf)
            .Watch(stores.Autoscalers, AgentOf)
            .WatchAll(agents, changed => agents.All.Where(other => Names(other, changed)).Select(static other => other.Key()))
            .WatchAll(provider.GetRequiredService<ObjectStore<PromptTemplate>>(), prompt => agents.All.Where(agent => agent.Metadata.Namespace == prompt.Metadata.Namespace && agent.Spec.Prompt?.Name == prompt.Metadata.Name).Select(static agent => agent.Key()));
    }

    private static ObjectKey? AgentOf<T>(T child)
        where T : class, IKubernetesObject<T> => child.Label(Labels.Agent) is { } name ? new ObjectKey(child.Metadata.Namespace, name) : null;

    /// <summary>Whether an Agent has another one as a tool.</summary>
    private static bool Names(Agent agent, Agent other) =>
        agent.Metadata.Namespace == other.Metadata.Namespace && AgentReferences.Agents(agent.Spec).Contains(other.Metadata.Name, StringComparer.Ordinal);
}
