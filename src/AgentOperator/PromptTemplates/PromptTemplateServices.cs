using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.PromptTemplates.Revisions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.PromptTemplates;

/// <summary>Registers what keeps prompts. Agents are cached by theirs.</summary>
internal static class PromptTemplateServices
{
    public static IServiceCollection AddPromptTemplates(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<PromptTemplate>(options);
        services.AddReflector<ControllerRevision>(options, Labels.Prompt, static revision => revision.ControllerOwner()?.Uid);
        services.AddSingleton<PromptVersions>();
        services.AddSingleton<IController>(provider => Create(provider, options)
            .Watch(provider.GetRequiredService<ObjectStore<PromptTemplate>>())
            .Watch(provider.GetRequiredService<ObjectStore<ControllerRevision>>(), static revision => revision.ControllerOwner() is { Kind: "PromptTemplate" } owner ? new ObjectKey(revision.Metadata.Namespace, owner.Name) : null));
        return services;
    }

    private static Controller<PromptTemplate> Create(IServiceProvider provider, OperatorOptions options)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        OwnWrites writes = new(time);
        PromptTemplateReconciler reconciler = new(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<ObjectStore<PromptTemplate>>(),
            provider.GetRequiredService<ObjectStore<ControllerRevision>>(),
            provider.GetRequiredService<ObjectStore<Agent>>(),
            provider.GetRequiredService<PromptVersions>(),
            provider.GetRequiredService<IEventRecorder>(),
            writes,
            time);
        return new Controller<PromptTemplate>(reconciler, writes, options.Workers, time, provider.GetRequiredService<ILogger<Controller<PromptTemplate>>>())
            .Share(provider.GetService<ShardClaims>());
    }
}
