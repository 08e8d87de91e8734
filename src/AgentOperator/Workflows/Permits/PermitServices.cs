using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Workflows.Locking;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOperator.Workflows.Permits;

/// <summary>Registers the limits on steps under way.</summary>
internal static class PermitServices
{
    public static IServiceCollection AddPermits(this IServiceCollection services, OperatorOptions options)
    {
        if (options is { MaxParallelSteps: null, MaxParallelStepsPerNamespace: null })
        {
            return services.AddSingleton<IPermitBook, NoPermitBook>();
        }

        if (options.Sharding)
        {
            return services.AddSingleton<IPermitBook>(provider => new SharedPermits(options, provider.GetRequiredService<LockBook>()));
        }

        services.AddSingleton(provider => new PermitBook(provider.GetRequiredService<ObjectStore<Workflow>>(), options.MaxParallelSteps, options.MaxParallelStepsPerNamespace));
        return services.AddSingleton<IPermitBook>(static provider => provider.GetRequiredService<PermitBook>());
    }

    /// <summary>Wakes the Workflows for which there is room; shared room wakes them by its locks.</summary>
    public static Controller<Workflow> WatchPermits(this Controller<Workflow> controller, IServiceProvider provider)
    {
        provider.GetService<PermitBook>()?.OnRoom(controller.Enqueue);
        return controller;
    }
}
