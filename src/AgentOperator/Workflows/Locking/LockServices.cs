using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Locking;

/// <summary>Registers mutexes and semaphores.</summary>
internal static class LockServices
{
    /// <summary>A waiter who is not next hears within this time who holds the lock by now.</summary>
    private static readonly TimeSpan NewsDelay = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddLocks(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<Lease>(options, Labels.Lock);
        if (options is { Namespaces: not [], Sharding: true } and not { MaxParallelSteps: null, MaxParallelStepsPerNamespace: null } && !options.Namespaces.Contains(options.OwnNamespace))
        {
            // Room is shared by a Lease beside those of the replicas.
            services.AddSingleton<IReflector>(provider => new Reflector<Lease>(
                new ApiObjectSource<Lease>(provider.GetRequiredService<KubeClient>().Resource<Lease>(options.OwnNamespace), $"{Labels.Lock}={LockId.Room}"),
                provider.GetRequiredService<ObjectStore<Lease>>(),
                provider.GetRequiredService<TimeProvider>(),
                new Random(),
                provider.GetRequiredService<ILogger<Reflector<Lease>>>()));
        }

        services.AddSingleton<LockBook>();
        services.AddSingleton<LockLimits>();
        services.AddSingleton<LockStore>();
        services.AddSingleton<HolderPods>();
        services.AddSingleton<LockKeeper>();
        services.AddSingleton<IController>(provider => Create(provider, options));
        return services;
    }

    /// <summary>Wakes the Workflows that a change of a lock concerns.</summary>
    public static Controller<Workflow> WatchLocks(this Controller<Workflow> controller, IServiceProvider provider)
    {
        ObjectStore<Workflow> workflows = provider.GetRequiredService<ObjectStore<Workflow>>();
        provider.GetRequiredService<LockBook>().OnChanged((before, after) =>
        {
            foreach (LockEntry entry in (after?.Holders ?? []).Except(before?.Holders ?? []))
            {
                controller.Enqueue(new ObjectKey(entry.Namespace, entry.Workflow));
            }

            foreach (LockEntry entry in after?.Waiters ?? before?.Waiters ?? [])
            {
                controller.EnqueueAfter(new ObjectKey(entry.Namespace, entry.Workflow), NewsDelay);
            }

            if (before?.IsFull == true)
            {
                foreach (Workflow workflow in workflows.All.Where(static workflow => Deciding.RunParts.All(workflow.Status).Any(static step => step.Waiting?.Reason is WaitingReasons.Lock or WaitingReasons.Parallelism)))
                {
                    controller.EnqueueAfter(workflow.Key(), NewsDelay);
                }
            }
        });
        return controller;
    }

    private static Controller<Lease> Create(IServiceProvider provider, OperatorOptions options)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        ObjectStore<Lease> leases = provider.GetRequiredService<ObjectStore<Lease>>();
        ObjectStore<Workflow> workflows = provider.GetRequiredService<ObjectStore<Workflow>>();
        LockBook book = provider.GetRequiredService<LockBook>();
        OwnWrites writes = new(time);
        LockReconciler reconciler = new(
            provider.GetRequiredService<KubeClient>(),
            leases,
            workflows,
            provider.GetRequiredService<LockStore>(),
            provider.GetRequiredService<HolderPods>(),
            writes,
            time);
        Controller<Lease> controller = new Controller<Lease>(reconciler, writes, options.Workers, time, provider.GetRequiredService<ILogger<Controller<Lease>>>())
            .Share(provider.GetService<ShardClaims>())
            .Watch(leases);
        workflows.Subscribe((_, after) =>
        {
            foreach (LockId id in after is null ? book.Of(_!.Key()) : [])
            {
                controller.Enqueue(id.LeaseKey);
            }
        });
        return controller;
    }
}
