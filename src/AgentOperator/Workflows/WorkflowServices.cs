using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tracing;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Holding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.RunSpecs;
using AgentOperator.Workflows.Targets;
using AgentOperator.Workflows.Triggers;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows;

/// <summary>Registers what runs Workflows.</summary>
internal static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<Workflow>(options, null, static workflow => workflow.ControllerOwner()?.Uid);
        services.AddTriggers(options);
        services.AddReflector<StepJob>(options, Labels.Workflow, static job => job.ControllerOwner()?.Uid);

        // Of Indexed Jobs there may be 10,000 pods, and the Job says nearly all. By owner, which only the Job controller is: labels can be in anybody's template.
        services.AddReflector<StepPod>(options, $"{Labels.Workflow},!{JobLabels.CompletionIndex}", static pod => pod.ControllerOwner()?.Uid);
        services.AddHolds(options);
        services.AddMemos(options);
        services.AddLocks(options);
        services.AddPermits(options);
        services.AddSingleton<ISurroundings, CachedSurroundings>();
        services.AddSingleton<ResultReader>();
        services.AddSingleton<OutputLoader>();
        services.AddSingleton<ItemLists>();
        services.AddSingleton<ItemKeeper>();
        services.AddSingleton<StepMaterials>();
        services.AddSingleton<StepPodSettings>();
        services.AddSingleton<AttemptObserver>();
        services.AddSingleton<RunSpecStore>();
        services.AddSingleton<JobStarter>();
        services.AddSingleton<IController>(provider => CreateController(provider, options)
            .Watch(provider.GetRequiredService<ObjectStore<Workflow>>())
            .Watch(provider.GetRequiredService<ObjectStore<Workflow>>(), OwnerOf)
            .Watch(provider.GetRequiredService<ObjectStore<EventDelivery>>(), OwnerOf)
            .Watch(provider.GetRequiredService<ObjectStore<StepJob>>(), OwnerOf)
            .Watch(provider.GetRequiredService<ObjectStore<StepPod>>(), WorkflowOfPod)
            .Watch(provider.GetRequiredService<ObjectStore<Approval>>(), WorkflowOfApproval)
            .WatchAll(provider.GetRequiredService<ObjectStore<Agent>>(), agent => WorkflowsAwaiting(provider.GetRequiredService<ObjectStore<Workflow>>(), agent.Metadata.Namespace))
            .WatchAll(provider.GetRequiredService<ObjectStore<PromptTemplate>>(), prompt => WorkflowsAwaiting(provider.GetRequiredService<ObjectStore<Workflow>>(), prompt.Metadata.Namespace))
            .WatchAll(provider.GetRequiredService<ObjectStore<HeldNamespace>>(), held => WorkflowsIn(provider.GetRequiredService<ObjectStore<Workflow>>(), held)));
        return services;
    }

    /// <summary>Namespaces are watched by an operator of all of them; one that works in some asks for those.</summary>
    private static void AddHolds(this IServiceCollection services, OperatorOptions options)
    {
        if (options.Namespaces is [])
        {
            services.AddReflector<HeldNamespace>(options, $"{Labels.Hold}=true");
            services.AddSingleton<IHolds, WatchedHolds>();
            return;
        }

        services.AddSingleton(new ObjectStore<HeldNamespace>());
        services.AddSingleton<IHolds, PolledHolds>();
    }

    /// <summary>What a controller wrote is noted by key: controllers of other kinds have notes of their own.</summary>
    private static Controller<Workflow> CreateController(IServiceProvider provider, OperatorOptions options)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        OwnWrites writes = new(time);
        TriggerReconciler triggers = new(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<ObjectStore<Workflow>>(),
            provider.GetRequiredService<ObjectStore<EventDelivery>>(),
            provider.GetRequiredService<TriggerProblems>(),
            provider.GetRequiredService<WorkflowStopper>(),
            provider.GetRequiredService<RunSpecStore>(),
            provider.GetRequiredService<IEventRecorder>(),
            writes,
            time);
        WorkflowReconciler reconciler = new(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<ObjectStore<Workflow>>(),
            provider.GetRequiredService<ObjectStore<StepJob>>(),
            provider.GetRequiredService<AttemptObserver>(),
            provider.GetRequiredService<JobStarter>(),
            provider.GetRequiredService<NestedStarter>(),
            provider.GetRequiredService<WorkflowStopper>(),
            triggers,
            provider.GetRequiredService<RunSpecStore>(),
            provider.GetRequiredService<ItemKeeper>(),
            provider.GetRequiredService<IMemos>(),
            provider.GetRequiredService<MemoKeeper>(),
            provider.GetRequiredService<OutputLoader>(),
            provider.GetRequiredService<GateObserver>(),
            provider.GetRequiredService<ApprovalLog>(),
            provider.GetRequiredService<IHolds>(),
            provider.GetRequiredService<ISurroundings>(),
            provider.GetRequiredService<LockKeeper>(),
            provider.GetRequiredService<IPermitBook>(),
            provider.GetRequiredService<IEventRecorder>(),
            provider.GetRequiredService<RunTelling>(),
            writes,
            time);
        return new Controller<Workflow>(reconciler, writes, options.Workers, time, provider.GetRequiredService<ILogger<Controller<Workflow>>>())
            .Share(provider.GetService<ShardClaims>())
            .WatchLocks(provider)
            .WatchPermits(provider);
    }

    private static IEnumerable<ObjectKey> WorkflowsIn(ObjectStore<Workflow> workflows, HeldNamespace held) =>
        workflows.All.Where(workflow => workflow.Metadata.Namespace == held.Metadata.Name).Select(static workflow => workflow.Key());

    /// <summary>Workflows of which a step waits for an Agent or a prompt.</summary>
    private static IEnumerable<ObjectKey> WorkflowsAwaiting(ObjectStore<Workflow> workflows, string? ns) => workflows.All
        .Where(workflow => workflow.Metadata.Namespace == ns && RunParts.All(workflow.Status).Any(static step => step.Waiting?.Reason is WaitingReasons.Reference or WaitingReasons.AgentNotReady))
        .Select(static workflow => workflow.Key());

    private static ObjectKey? OwnerOf(IKubernetesObject child) => child.ControllerOwner() is { Kind: "Workflow" } owner ? new ObjectKey(child.Metadata.Namespace, owner.Name) : null;

    private static ObjectKey? WorkflowOfApproval(Approval approval) => approval.Spec?.For is { } target && target.Kind == Workflow.Resource.Kind ? new ObjectKey(approval.Metadata.Namespace, target.Name) : null;

    private static ObjectKey? WorkflowOfPod(StepPod pod) => pod.Label(Labels.Workflow) is { } name ? new ObjectKey(pod.Metadata.Namespace, name) : null;
}
