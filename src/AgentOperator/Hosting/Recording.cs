using AgentOperator.Api;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Hosting;

/// <summary>Registers what writes events, one for all kinds.</summary>
internal static class Recording
{
    /// <summary>Who reports in events.</summary>
    private const string Source = ApiGroup.Name + "/operator";

    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new EventRecorder(
            provider.GetRequiredService<KubeClient>(),
            Source,
            Environment.MachineName,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventRecorder>>()));
        services.AddSingleton<IEventRecorder>(static provider => provider.GetRequiredService<EventRecorder>());
        return services;
    }
}
