using System.Text;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Channels;

/// <summary>Takes the result of an attempt: kept once, in a ConfigMap that goes with the attempt's Job. Every replica does this; the owner of the run reads it when the Job has ended.</summary>
[RequiresAccess<ConfigMap>(Verbs.Create, Verbs.Get, Verbs.Patch)]
[RequiresAccess<Pod>(Verbs.Get)]
[RequiresAccess<Workflow>(Verbs.Get)]
internal sealed class ResultReceiver(KubeClient client, ObjectStore<Workflow> workflows, ResultLogs items)
{
    private static readonly ApplyOptions Successor = new("agentoperator-channel");

    /// <summary>What the sender gets: 201 once it is kept, 200 for the same again, 409 for another result of the same attempt.</summary>
    public async Task<ChannelAnswer> ReceiveAsync(ChannelCaller caller, string ns, string workflow, string job, byte[] body, CancellationToken cancellation)
    {
        if (caller.Namespace != ns)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status403Forbidden, "a pod reports for its own namespace only");
        }

        if (Problem(body) is { } problem)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, problem);
        }

        Pod? pod = await client.Resource<Pod>(ns).FindAsync(caller.PodName, cancellation);

        // Anybody who may create a pod may name a Job as its owner; our labels the admission policy lets nobody else write.
        if (pod?.Metadata.Uid != caller.PodUid || pod?.ControllerOwner() is not { Kind: "Job" } owner || owner.Name != job || !pod.IsOursOf(owner.Uid))
        {
            return ChannelAnswer.Refuse(StatusCodes.Status403Forbidden, $"this pod is not of Job {job}");
        }

        ReportedAttempt? attempt = ReportedAttempt.Find(workflows.Find(new ObjectKey(ns, workflow)), pod!, job)
            ?? ReportedAttempt.Find(await client.Resource<Workflow>(ns).FindAsync(workflow, cancellation), pod!, job);
        if (attempt is null)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status410Gone, $"Job {job} is no attempt that is under way in Workflow {workflow}: its result is not wanted any more");
        }

        string text = Encoding.UTF8.GetString(body);
        return attempt.Place is { } place
            ? await KeepItemAsync(attempt, place, text, cancellation)
            : await KeepAsync(ns, workflow, owner, text, pod!, cancellation);
    }

    /// <summary>Items share ConfigMaps: 10,000 of them must not be 10,000 objects.</summary>
    private async Task<ChannelAnswer> KeepItemAsync(ReportedAttempt attempt, int place, string text, CancellationToken cancellation)
    {
        string key = PostedResult.HasError(text) ? ItemResults.KeyOfError(place, attempt.Attempt) : ItemResults.KeyOf(place);
        try
        {
            return await items.KeepAsync(ResultLogTarget.Of(attempt.Names), key, text, isBounded: true, cancellation) switch
            {
                KeepOutcome.Kept => new ChannelAnswer(StatusCodes.Status201Created, "kept"),
                KeepOutcome.KeptBefore => new ChannelAnswer(StatusCodes.Status200OK, "kept before"),
                KeepOutcome.Different => ChannelAnswer.Refuse(StatusCodes.Status409Conflict, $"item {place} has reported another result before: the first one counts"),
                _ => ChannelAnswer.Refuse(StatusCodes.Status413PayloadTooLarge, $"the results of the step's items would have more than {ResultLog.MaxBytes} bytes together: send references to where they are"),
            };
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge || error.IsForbidden)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status422UnprocessableEntity, $"the API server does not take the result: {error.Message}");
        }
    }

    private static string? Problem(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? $"the result is {JsonType.NameOf(root)}: send one JSON object keyed by output name"
                : StepResult.IsStorable(root) ? null
                : "the result holds a number or a character that JSON in Kubernetes cannot: numbers must fit 64 bits, text must be Unicode";
        }
        catch (JsonException error)
        {
            return $"the result is not JSON (byte {error.BytePositionInLine} of line {error.LineNumber + 1}): send one JSON object keyed by output name";
        }
    }

    private async Task<ChannelAnswer> KeepAsync(string ns, string workflow, OwnerReference job, string text, Pod pod, CancellationToken cancellation)
    {
        ResourceClient<ConfigMap> maps = client.Resource<ConfigMap>(ns);
        ConfigMap map = new()
        {
            Metadata = new ObjectMeta
            {
                Name = PostedResult.NameOf(job.Name),
                Namespace = ns,
                Labels = new Dictionary<string, string> { [Labels.ManagedBy] = Labels.ManagedByValue, [Labels.PartOf] = Labels.ManagedByValue, [Labels.Component] = "result", [Labels.Workflow] = workflow },
                Annotations = new Dictionary<string, string> { [Labels.ReportedBy] = $"{pod.Metadata.Name}/{pod.Metadata.Uid}" },
                OwnerReferences = [new OwnerReference { ApiVersion = Job.Resource.ApiVersion, Kind = Job.Resource.Kind, Name = job.Name, Uid = job.Uid, Controller = true }],
            },
            Immutable = PostedResult.HasError(text) ? null : true,
            Data = new Dictionary<string, string> { [PostedResult.Key] = text },
        };
        try
        {
            await maps.CreateAsync(map, cancellation);
            return new ChannelAnswer(StatusCodes.Status201Created, "kept");
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            ConfigMap? kept = await maps.FindAsync(map.Metadata.Name!, cancellation);
            if (kept?.IsOursOf(job.Uid) == true && kept.Data?.GetValueOrDefault(PostedResult.Key) is { } before && PostedResult.HasError(before) && !PostedResult.HasError(text))
            {
                // The pod that failed was replaced, and its successor has done the work. The version keeps two successors apart.
                await maps.ApplyAsync(map with { Metadata = map.Metadata with { ResourceVersion = kept.Metadata.ResourceVersion } }, Successor, cancellation);
                return new ChannelAnswer(StatusCodes.Status201Created, "kept");
            }

            bool isSame = kept?.IsOursOf(job.Uid) == true && kept.Data?.GetValueOrDefault(PostedResult.Key) == text;
            return isSame ? new ChannelAnswer(StatusCodes.Status200OK, "kept before") : ChannelAnswer.Refuse(StatusCodes.Status409Conflict, "this attempt has reported another result before: the first one counts");
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge || error.IsForbidden)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status422UnprocessableEntity, $"the API server does not take the result: {error.Message}");
        }
    }
}
