using AgentOperator.Api;
using AgentOperator.Controllers;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;
using AgentOperator.Workflows.Triggers.Topics;
using AgentOperator.Workflows.Triggers.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOperator.Workflows.Triggers;

/// <summary>Registers what starts Workflows by events. Events are kept by every replica, without a lease.</summary>
internal static class TriggerServices
{
    public static IServiceCollection AddTriggers(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<EventDelivery>(options, Labels.Trigger, static delivery => delivery.ControllerOwner()?.Uid);
        services.AddSingleton<NestedStarter>();
        services.AddSingleton<WorkflowStopper>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<TopicGrants>();
        services.AddSingleton<TriggerProblems>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EventIntake>(provider, provider.GetRequiredKeyedService<KubeClient>(nameof(Channels))));
        services.AddSingleton<WebhookReceiver>();
        services.AddSingleton<TopicReceiver>();
        services.AddHostedService<EventServers>();
        if (options.DaprApp is not null)
        {
            services.AddSingleton<IController>(static provider => ActivatorUtilities.CreateInstance<TopicSubscriptions>(provider));
        }

        return services;
    }
}
