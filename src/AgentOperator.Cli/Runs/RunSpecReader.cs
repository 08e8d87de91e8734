using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.Cli.Runs;

/// <summary>Specs of runs that are too large for status, each read once.</summary>
internal sealed class RunSpecReader(Cluster cluster)
{
    private readonly Dictionary<string, RunSpec?> _known = new(StringComparer.Ordinal);

    /// <summary>The Workflow with its run's spec in status. What cannot be read stays away: the shape of the newest spec has to do then.</summary>
    public async Task<Workflow> FillAsync(Workflow workflow, CancellationToken cancellation)
    {
        if (workflow.Status is not { RunSpec: null, RunSpecRevision: { } name } status)
        {
            return workflow;
        }

        if (!_known.TryGetValue(name, out RunSpec? spec))
        {
            _known[name] = spec = await ReadAsync(workflow.Metadata.Namespace, name, cancellation);
        }

        return spec is null ? workflow : workflow with { Status = status with { RunSpec = spec } };
    }

    private async Task<RunSpec?> ReadAsync(string? ns, string name, CancellationToken cancellation)
    {
        try
        {
            ControllerRevision? revision = await cluster.Client.Resource<ControllerRevision>(ns).FindAsync(name, cancellation);
            return revision?.Data?.Deserialize(ApiJsonContext.Default.RunSpec);
        }
        catch (Exception error) when (error is JsonException or KubeApiException { IsForbidden: true })
        {
            return null;
        }
    }
}
