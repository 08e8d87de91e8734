using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Observing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows;

/// <summary>Registers what runs Workflows.</summary>
internal static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<Workflow>(options);
        services.AddReflector<StepJob>(options, Labels.Workflow, static job => job.ControllerOwner()?.Uid);
        services.AddReflector<StepPod>(options, Labels.Workflow, static pod => pod.Label(JobLabels.ControllerUid));
        services.AddSingleton<AttemptObserver>();
        services.AddSingleton<JobStarter>();
        services.AddSingleton<IController>(provider => CreateController(provider, options)
            .Watch(provider.GetRequiredService<ObjectStore<Workflow>>())
            .Watch(provider.GetRequiredService<ObjectStore<StepJob>>(), WorkflowOf)
            .Watch(provider.GetRequiredService<ObjectStore<StepPod>>(), WorkflowOfPod));
        return services;
    }

    /// <summary>What a controller wrote is noted by key: controllers of other kinds have notes of their own.</summary>
    private static Controller<Workflow> CreateController(IServiceProvider provider, OperatorOptions options)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        OwnWrites writes = new(time);
        WorkflowReconciler reconciler = new(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<ObjectStore<Workflow>>(),
            provider.GetRequiredService<ObjectStore<StepJob>>(),
            provider.GetRequiredService<AttemptObserver>(),
            provider.GetRequiredService<JobStarter>(),
            writes,
            time);
        return new Controller<Workflow>(reconciler, writes, options.Workers, time, provider.GetRequiredService<ILogger<Controller<Workflow>>>());
    }

    private static void AddReflector<T>(this IServiceCollection services, OperatorOptions options, string? labelSelector = null, Func<T, string?>? indexBy = null)
        where T : class, IKubernetesObject<T>
    {
        services.AddSingleton(new ObjectStore<T>(indexBy));
        string?[] namespaces = options.Namespaces is [] ? [null] : [.. options.Namespaces];
        foreach (string? ns in namespaces)
        {
            services.AddSingleton<IReflector>(provider => new Reflector<T>(
                new ApiObjectSource<T>(provider.GetRequiredService<KubeClient>().Resource<T>(ns), labelSelector),
                provider.GetRequiredService<ObjectStore<T>>(),
                provider.GetRequiredService<TimeProvider>(),
                new Random(),
                provider.GetRequiredService<ILogger<Reflector<T>>>()));
        }
    }

    private static ObjectKey? WorkflowOf(StepJob job) => job.ControllerOwner() is { Kind: "Workflow" } owner ? new ObjectKey(job.Metadata.Namespace, owner.Name) : null;

    private static ObjectKey? WorkflowOfPod(StepPod pod) => pod.Label(Labels.Workflow) is { } name ? new ObjectKey(pod.Metadata.Namespace, name) : null;
}
