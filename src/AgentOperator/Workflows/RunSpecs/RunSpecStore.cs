using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.Workflows.RunSpecs;

/// <summary>The specs of runs that are too large for status: each in an owned ControllerRevision that is named by what it holds and checked against the run's digest on every read.</summary>
internal sealed class RunSpecStore
{
    private readonly KubeClient _client;

    // What was verified once: by uid of the workflow, the newest revision only.
    private readonly ConcurrentDictionary<string, (string Name, RunSpec Spec)> _known = new(StringComparer.Ordinal);

    public RunSpecStore(KubeClient client, ObjectStore<Workflow> workflows)
    {
        _client = client;
        workflows.Subscribe((before, after) =>
        {
            if (before is not null && (after is null || WorkflowPhases.IsFinal(after.Status?.Phase)))
            {
                _known.TryRemove(before.Metadata.Uid!, out _);
            }
        });
    }

    /// <summary>The workflow with the spec of its run in status, wherever that is kept. It stays away when it is lost, or is not what the run began with.</summary>
    public async Task<Workflow> FillAsync(Workflow workflow, CancellationToken cancellation)
    {
        if (workflow.Status is not { RunSpec: null, RunSpecRevision: { } name } status || WorkflowPhases.IsFinal(status.Phase))
        {
            return workflow;
        }

        RunSpec? spec = _known.TryGetValue(workflow.Metadata.Uid!, out (string Name, RunSpec Spec) known) && known.Name == name
            ? known.Spec
            : await ReadAsync(workflow, name, cancellation);
        return spec is null ? workflow : workflow with { Status = status with { RunSpec = spec } };
    }

    /// <summary>What is written to status: not the spec, where it is kept elsewhere.</summary>
    public static WorkflowStatus Strip(WorkflowStatus status) => status is { RunSpecRevision: not null, RunSpec: not null } ? status with { RunSpec = null } : status;

    /// <summary>Keeps the spec of a run that begins; done before the status names it.</summary>
    public async Task KeepAsync(Workflow workflow, WorkflowStatus status, CancellationToken cancellation)
    {
        if (status is not { RunSpecRevision: { } name, RunSpec: { } spec } || workflow.Status?.RunSpecRevision == name)
        {
            return;
        }

        ControllerRevision revision = new()
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                Namespace = workflow.Metadata.Namespace,
                Labels = new Dictionary<string, string> { [Labels.Workflow] = workflow.Metadata.Name!, [Labels.ManagedBy] = Labels.ManagedByValue, [Labels.PartOf] = Labels.ManagedByValue },
                OwnerReferences = [new OwnerReference { ApiVersion = workflow.ApiVersion, Kind = workflow.Kind, Name = workflow.Metadata.Name!, Uid = workflow.Metadata.Uid!, Controller = true }],
            },
            Data = JsonSerializer.SerializeToElement(spec, ApiJsonContext.Default.RunSpec),
            Revision = status.Run!.Value,
        };
        try
        {
            await _client.Resource<ControllerRevision>(workflow.Metadata.Namespace).CreateAsync(revision, cancellation);
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            // Named by its content: it was written before a crash, or by an earlier run. What it holds is checked when it is read.
        }

        _known[workflow.Metadata.Uid!] = (name, spec);
    }

    /// <summary>Deletes the revision of the run before, once no status names it.</summary>
    public async Task DropAsync(Workflow before, WorkflowStatus after, CancellationToken cancellation)
    {
        if (before.Status?.RunSpecRevision is { } name && name != after.RunSpecRevision)
        {
            await _client.Resource<ControllerRevision>(before.Metadata.Namespace).DeleteAsync(name, new DeleteOptions(), cancellation);
        }
    }

    private async Task<RunSpec?> ReadAsync(Workflow workflow, string name, CancellationToken cancellation)
    {
        ControllerRevision? revision = await _client.Resource<ControllerRevision>(workflow.Metadata.Namespace).FindAsync(name, cancellation);
        if (revision?.Data is not { } data || revision.ControllerOwner()?.Uid != workflow.Metadata.Uid)
        {
            return null;
        }

        try
        {
            if (data.Deserialize(ApiJsonContext.Default.RunSpec) is { } spec && RunDigest.Of(spec) == workflow.Status!.SpecDigest)
            {
                _known[workflow.Metadata.Uid!] = (name, spec);
                return spec;
            }
        }
        catch (JsonException)
        {
            // Somebody wrote something else into it.
        }

        return null;
    }
}
