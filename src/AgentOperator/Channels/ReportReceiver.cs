using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Usage;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Channels;

/// <summary>Takes reports of agents' pods: the newest of each process, in one ConfigMap an Agent of which each process owns a key. What a process reports again changes nothing.</summary>
[RequiresAccess<ConfigMap>(Verbs.Create, Verbs.Get, Verbs.Patch)]
[RequiresAccess<Agent>(Verbs.Get)]
[RequiresAccess<Pod>(Verbs.Get, Verbs.List)]
internal sealed class ReportReceiver(KubeClient client, ObjectStore<AgentPod> pods, TimeProvider time)
{
    private static readonly ChannelAnswer Kept = new(StatusCodes.Status200OK, "kept");

    public async Task<ChannelAnswer> ReceiveAsync(ChannelCaller caller, string ns, string name, byte[] body, CancellationToken cancellation)
    {
        if (body.Length > ReportCheck.MaxBytes)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status413PayloadTooLarge, $"the report has {body.Length} bytes, and at most {ReportCheck.MaxBytes} are taken: name fewer tools");
        }

        AgentReport? report;
        try
        {
            report = JsonSerializer.Deserialize(body, RuntimeJsonContext.Default.AgentReport);
        }
        catch (JsonException error)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, $"the report cannot be read: {error.Message}");
        }

        if (ReportCheck.Problem(report, ReportCheck.MaxCount) is { } problem)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, problem);
        }

        Pod? pod = caller.Namespace == ns ? await client.Resource<Pod>(ns).FindAsync(caller.PodName, cancellation) : null;
        if (pod?.Metadata.Uid != caller.PodUid || pod?.Label(Labels.Agent) != name || await client.Resource<Agent>(ns).FindAsync(name, cancellation) is not { } agent)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status403Forbidden, $"this pod is not of Agent {name}");
        }

        try
        {
            return await KeepAsync(agent, caller, report!, cancellation);
        }
        catch (KubeApiException error) when (error.IsTooLarge)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status413PayloadTooLarge, $"the API server does not take the report: {error.Message}");
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsForbidden)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status422UnprocessableEntity, $"the API server does not take the report: {error.Message}");
        }
    }

    private async Task<ChannelAnswer> KeepAsync(Agent agent, ChannelCaller caller, AgentReport report, CancellationToken cancellation)
    {
        ResourceClient<ConfigMap> maps = client.Resource<ConfigMap>(caller.Namespace);
        DateTimeOffset now = time.GetUtcNow();
        string name = AgentNames.ReportsOf(agent.Metadata.Name!);
        string key = ReportUpkeep.KeyOf(caller.PodUid, report.Instance);
        string text = StoredReport.Format(report, caller.PodName, now);
        if (await maps.FindAsync(name, cancellation) is not { } map)
        {
            try
            {
                await maps.CreateAsync(MapOf(agent, name, key, text), cancellation);
                return Kept;
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                // Another pod of the agent was first.
                map = await maps.GetAsync(name, cancellation);
            }
        }

        if (map.ControllerOwner()?.Uid != agent.Metadata.Uid)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status409Conflict, $"ConfigMap {name} exists and is not of this Agent: delete or rename it");
        }

        IReadOnlyDictionary<string, string> data = map.Data ?? new Dictionary<string, string>();
        if (StoredReport.Read(data.GetValueOrDefault(key))?.Report.Sequence > report.Sequence)
        {
            return new ChannelAnswer(StatusCodes.Status200OK, "a newer report is kept");
        }

        IReadOnlyDictionary<string, string?> upkeep = await UpkeepAsync(agent, data, key, DateOnly.FromDateTime(now.UtcDateTime), cancellation);
        if (upkeep.Count > 0)
        {
            try
            {
                // With the version, since a sum of what another replica has just summed would count twice.
                await maps.PatchAsync(name, PatchOf(key, text, upkeep, map.Metadata.ResourceVersion), cancellation);
                return Kept;
            }
            catch (KubeApiException error) when (error.IsConflict)
            {
                // The next report tidies up.
            }
        }

        await maps.PatchAsync(name, PatchOf(key, text, new Dictionary<string, string?>(), null), cancellation);
        return Kept;
    }

    /// <summary>The cache says whether there may be something to do, and the server who is really gone: a sum cannot be undone.</summary>
    private async Task<IReadOnlyDictionary<string, string?>> UpkeepAsync(Agent agent, IReadOnlyDictionary<string, string> data, string key, DateOnly today, CancellationToken cancellation)
    {
        string name = agent.Metadata.Name!;
        IReadOnlyDictionary<string, string?> guess = ReportUpkeep.Of(data, key, UidsOf(pods.Indexed(AgentObserver.KeyOf(agent.Metadata.Namespace, name)).Values), today);
        return guess.Count == 0
            ? guess
            : ReportUpkeep.Of(data, key, UidsOf((await client.Resource<AgentPod>(agent.Metadata.Namespace).ListAsync(new ListOptions { LabelSelector = $"{Labels.Agent}={name}" }, cancellation)).Items), today);
    }

    private static HashSet<string> UidsOf(IEnumerable<AgentPod> pods) => [.. pods.Select(static pod => pod.Metadata.Uid).OfType<string>()];

    private static Patch PatchOf(string key, string text, IReadOnlyDictionary<string, string?> others, string? resourceVersion)
    {
        JsonObject data = new() { [key] = text };
        foreach ((string other, string? value) in others)
        {
            data[other] = value;
        }

        JsonObject patch = new() { ["data"] = data };
        if (resourceVersion is not null)
        {
            patch["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion };
        }

        return Patch.Merge(System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString()));
    }

    private static ConfigMap MapOf(Agent agent, string name, string key, string text) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = agent.Metadata.Namespace,
            Labels = new Dictionary<string, string> { [Labels.ManagedBy] = Labels.ManagedByValue, [Labels.PartOf] = Labels.ManagedByValue, [Labels.Agent] = agent.Metadata.Name!, [Labels.Reports] = "true" },
            OwnerReferences = [new OwnerReference { ApiVersion = agent.ApiVersion, Kind = agent.Kind, Name = agent.Metadata.Name!, Uid = agent.Metadata.Uid!, Controller = true }],
        },
        Data = new Dictionary<string, string> { [key] = text },
    };
}
