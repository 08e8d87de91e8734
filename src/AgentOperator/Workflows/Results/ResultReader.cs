using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Results;

/// <summary>Reads what an attempt gave the operator through its channel.</summary>
[RequiresAccess<ConfigMap>(Verbs.Get)]
internal sealed class ResultReader(KubeClient client)
{
    /// <summary>Null when the attempt gave nothing. Only what the channel kept for the attempt's own Job counts.</summary>
    public async Task<PostedResult?> FindAsync(string ns, string job, string jobUid, CancellationToken cancellation)
    {
        string name = PostedResult.NameOf(job);
        ConfigMap? map = await client.Resource<ConfigMap>(ns).FindAsync(name, cancellation);
        return map?.IsOursOf(jobUid) == true && map.Data?.GetValueOrDefault(PostedResult.Key) is { } text ? new PostedResult(name, text) : null;
    }
}
