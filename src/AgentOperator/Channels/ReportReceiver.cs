using System.Text.Json;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Usage;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Channels;

/// <summary>Takes reports of agents' pods: the newest of each process, in one ConfigMap an Agent of which each process owns a key. What a process reports again changes nothing.</summary>
[RequiresAccess<ConfigMap>(Verbs.Patch)]
[RequiresAccess<Agent>(Verbs.Get)]
[RequiresAccess<Pod>(Verbs.Get)]
internal sealed class ReportReceiver(KubeClient client)
{
    private const int MaxInstance = 63;

    public async Task<ChannelAnswer> ReceiveAsync(ChannelCaller caller, string ns, string name, byte[] body, CancellationToken cancellation)
    {
        AgentReport? report;
        try
        {
            report = JsonSerializer.Deserialize(body, RuntimeJsonContext.Default.AgentReport);
        }
        catch (JsonException error)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, $"the report cannot be read: {error.Message}");
        }

        if (report is null || report.Instance.Length is 0 or > MaxInstance || !report.Instance.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, $"the report's instance must be 1 to {MaxInstance} letters, digits and hyphens");
        }

        Pod? pod = caller.Namespace == ns ? await client.Resource<Pod>(ns).FindAsync(caller.PodName, cancellation) : null;
        if (pod?.Metadata.Uid != caller.PodUid || pod?.Label(Labels.Agent) != name || await client.Resource<Agent>(ns).FindAsync(name, cancellation) is not { } agent)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status403Forbidden, $"this pod is not of Agent {name}");
        }

        ConfigMap map = new()
        {
            Metadata = new ObjectMeta
            {
                Name = AgentNames.ReportsOf(name),
                Namespace = ns,
                Labels = new Dictionary<string, string> { [Labels.ManagedBy] = Labels.ManagedByValue, [Labels.PartOf] = Labels.ManagedByValue, [Labels.Agent] = name, [Labels.Reports] = "true" },
                OwnerReferences = [new OwnerReference { ApiVersion = agent.ApiVersion, Kind = agent.Kind, Name = name, Uid = agent.Metadata.Uid!, Controller = true }],
            },
            Data = new Dictionary<string, string> { [report.Instance] = StoredReport.Format(report, caller.PodName) },
        };
        await client.Resource<ConfigMap>(ns).ApplyAsync(map, new ApplyOptions($"agentoperator-report-{report.Instance}"), cancellation);
        return new ChannelAnswer(StatusCodes.Status200OK, "kept");
    }
}
