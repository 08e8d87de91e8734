using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Workflows.Items.Keeping;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOperator.Channels;

/// <summary>Registers the channel. Its writes need no lease: every replica takes results.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannel(this IServiceCollection services, OperatorOptions options, KubeConnection connection)
    {
        services.AddKeyedSingleton(nameof(Channels), (provider, _) => new KubeClient(connection, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChannelState>();
        services.AddSingleton(provider => new ChannelAuthority(Client(provider), options.OwnNamespace!, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChannelCallers(Client(provider)));
        services.AddSingleton(provider => new ResultLogs(Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ResultReceiver>(provider, Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReportReceiver>(provider, Client(provider)));
        services.AddSingleton<AgentDirectory>();
        services.AddHostedService<ChannelServer>();
        return services;
    }

    private static KubeClient Client(IServiceProvider provider) => provider.GetRequiredKeyedService<KubeClient>(nameof(Channels));
}
