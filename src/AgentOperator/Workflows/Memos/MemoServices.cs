using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Hosting;
using AgentOperator.Kube;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Memos;

/// <summary>Registers what keeps successes for later runs.</summary>
internal static class MemoServices
{
    public static IServiceCollection AddMemos(this IServiceCollection services, OperatorOptions options)
    {
        services.AddReflector<MemoEntry>(options, Labels.Memo, CachedMemos.KeyOf);
        services.AddSingleton<IMemos, CachedMemos>();
        services.AddSingleton<MemoKeeper>();
        services.AddSingleton<IController>(provider =>
        {
            ObjectStore<MemoEntry> entries = provider.GetRequiredService<ObjectStore<MemoEntry>>();
            TimeProvider time = provider.GetRequiredService<TimeProvider>();
            MemoReconciler reconciler = new(provider.GetRequiredService<KubeClient>(), entries, provider.GetRequiredService<ObjectStore<Workflow>>(), time);
            return new Controller<MemoEntry>(reconciler, new OwnWrites(time), workers: 1, time, provider.GetRequiredService<ILogger<Controller<MemoEntry>>>(), "memo").Watch(entries);
        });
        return services;
    }
}
