using AgentOperator.Api.Approvals;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Approvals.Floors;
using AgentOperator.Approvals.Upkeep;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Approvals;

/// <summary>Registers what lets people decide.</summary>
internal static class ApprovalServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<Approval>(options, indexBy: GateObserver.KeyOf);
        services.AddSingleton<EnforcementProbe>();
        services.AddSingleton<EnforcementLog>();
        services.AddSingleton<ApprovalLog>();
        services.AddSingleton<GateObserver>();
        services.AddSingleton(provider =>
        {
            KubeClient client = provider.GetRequiredService<KubeClient>();
            return new FloorReader(client, options.OwnNamespace ?? client.DefaultNamespace, options.ApprovalFloors, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FloorReader>>());
        });
        services.AddSingleton<IController>(provider =>
        {
            ObjectStore<Approval> approvals = provider.GetRequiredService<ObjectStore<Approval>>();
            TimeProvider time = provider.GetRequiredService<TimeProvider>();
            ApprovalReconciler reconciler = new(provider.GetRequiredService<KubeClient>(), approvals, provider.GetRequiredService<ILogger<ApprovalReconciler>>());
            return new Controller<Approval>(reconciler, new OwnWrites(time), options.Workers, time, provider.GetRequiredService<ILogger<Controller<Approval>>>()).Watch(approvals);
        });
        return services;
    }
}
