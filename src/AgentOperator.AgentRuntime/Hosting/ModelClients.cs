using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>The models of an agent as one client.</summary>
internal static class ModelClients
{
    public static IChatClient Create(RuntimeConfig config, Func<string, string?> environment, TimeProvider time, List<string> problems)
    {
        _ = (environment, time);
        problems.Add($"models: this build cannot reach {string.Join(", ", config.Models.Select(static model => model.Provider))}");
        return null!;
    }
}
