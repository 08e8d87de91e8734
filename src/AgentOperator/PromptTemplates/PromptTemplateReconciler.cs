using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.PromptTemplates.Deciding;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.PromptTemplates;

/// <summary>Keeps the revisions of prompts: the revision is stored before the status names it, and pruned after the status does not.</summary>
[RequiresAccess<PromptTemplate>(Verbs.List, Verbs.Watch)]
[RequiresAccess<PromptTemplate>(Verbs.Patch, Subresource = "status")]
[RequiresAccess<ControllerRevision>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Watch)]
internal sealed class PromptTemplateReconciler(
    KubeClient client,
    ObjectStore<PromptTemplate> templates,
    ObjectStore<ControllerRevision> revisions,
    ObjectStore<Agent> agents,
    PromptVersions versions,
    IEventRecorder events,
    OwnWrites writes,
    TimeProvider time) : IReconciler<PromptTemplate>
{
    private static readonly ApplyOptions Apply = new("agentoperator-prompt");

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (templates.Find(key) is not { } template || template.IsTerminating())
        {
            return Outcome.Done;
        }

        if (await DropDamagedAsync(template, cancellation))
        {
            return Outcome.Again;
        }

        PromptUse use = PromptUse.Of(key.Name, agents.All.Where(agent => agent.Metadata.Namespace == key.Namespace));
        PromptDecision decision = PromptDecider.Decide(template, versions.Of(template), use, time.GetUtcNow());
        try
        {
            if (decision.Create is { } create && !await CreateAsync(template, create, cancellation))
            {
                return Outcome.Again;
            }
        }
        catch (NameTakenException error)
        {
            events.Record(template, EventTypes.Warning, EventReasons.NameTaken, "Create", error.Message);
            return Outcome.Retry(error);
        }

        if (!IsUnchanged(template, decision.Status) && !await WriteAsync(template, decision.Status, cancellation))
        {
            return Outcome.Done;
        }

        foreach (StoredRevision surplus in decision.Delete)
        {
            await client.Resource<ControllerRevision>(key.Namespace).DeleteAsync(surplus.Name, new DeleteOptions(), cancellation);
        }

        return Outcome.Done;
    }

    /// <summary>Stores a revision; false when one of that content is there with another number, which the cache is about to show.</summary>
    private async Task<bool> CreateAsync(PromptTemplate template, StoredRevision revision, CancellationToken cancellation)
    {
        Children<PromptTemplate, ControllerRevision> children = new(client.Resource<PromptTemplate>(template.Metadata.Namespace), client.Resource<ControllerRevision>(template.Metadata.Namespace));
        ControllerRevision stored = await children.EnsureAsync(template, RevisionObject.Build(template, revision), cancellation);
        writes.Record(template.Key(), revisions, stored.Metadata.ResourceVersion);
        return stored.Revision == revision.Number;
    }

    /// <summary>A revision that does not hold what its digest says was made by somebody else under our name: it goes, and the content comes back from the spec.</summary>
    private async Task<bool> DropDamagedAsync(PromptTemplate template, CancellationToken cancellation)
    {
        bool dropped = false;
        foreach (ControllerRevision damaged in revisions.Indexed(template.Metadata.Uid!).Values.Where(static revision => RevisionObject.Read(revision) is null))
        {
            dropped |= await client.Resource<ControllerRevision>(template.Metadata.Namespace).DeleteAsync(damaged.Metadata.Name!, new DeleteOptions { Uid = damaged.Metadata.Uid }, cancellation);
            events.Record(template, EventTypes.Warning, EventReasons.RevisionDamaged, "Delete", $"ControllerRevision {damaged.Metadata.Name} does not hold what its digest says: deleted");
        }

        return dropped;
    }

    private async Task<bool> WriteAsync(PromptTemplate template, PromptTemplateStatus status, CancellationToken cancellation)
    {
        PromptTemplateStatusWrite write = new()
        {
            // The version makes this apply the fence: a leader that was paused, or a stale cache, gets 409.
            Metadata = new ObjectMeta { Name = template.Metadata.Name, Namespace = template.Metadata.Namespace, ResourceVersion = template.Metadata.ResourceVersion },
            Status = status,
        };
        try
        {
            PromptTemplateStatusWrite written = await client.Resource<PromptTemplateStatusWrite>(template.Metadata.Namespace).ApplyStatusAsync(write, Apply, cancellation);
            writes.Record(template.Key(), templates, written.Metadata.ResourceVersion);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return false;
        }

        Tell(template, status);
        return true;
    }

    private void Tell(PromptTemplate template, PromptTemplateStatus status)
    {
        if (status.Stable is { } stable && stable != template.Status?.Stable)
        {
            events.Record(template, EventTypes.Normal, EventReasons.PromptStable, "Release", $"revision {stable} is stable");
        }

        Condition? failed = status.Conditions?.FirstOrDefault(static condition => condition.Type == ConditionTypes.Stalled);
        if (failed is not null && status.Digest != template.Status?.Digest)
        {
            events.Record(template, EventTypes.Warning, EventReasons.LintFailed, "Lint", failed.Message);
        }
    }

    private static bool IsUnchanged(PromptTemplate template, PromptTemplateStatus status) =>
        template.Status is { } before && Bytes(before).AsSpan().SequenceEqual(Bytes(status));

    private static byte[] Bytes(PromptTemplateStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, ApiJsonContext.Default.PromptTemplateStatus);
}
