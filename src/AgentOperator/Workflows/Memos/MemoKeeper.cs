using System.Text;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Memos;

/// <summary>Keeps successes for later runs, in ConfigMaps that belong to no Workflow: they outlive the one that made them.</summary>
[RequiresAccess<ConfigMap>(Verbs.Create)]
[RequiresAccess<Event>(Verbs.Create, Verbs.Patch)]
internal sealed class MemoKeeper(KubeClient client, OutputLoader outputs, IEventRecorder events)
{
    private const string Component = "memo";

    /// <summary>A result that cannot be kept is told of and costs no more than that: the run goes on.</summary>
    public async Task KeepAsync(Workflow workflow, WorkflowStatus status, IReadOnlyList<MemoKeep> memos, CancellationToken cancellation)
    {
        foreach (MemoKeep memo in memos)
        {
            try
            {
                if (await KeepAsync(workflow, status.Run!.Value, memo, cancellation) is { } problem)
                {
                    Tell(workflow, memo, problem);
                }
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                // Named from the attempt: it was kept before a crash.
            }
            catch (KubeApiException error)
            {
                Tell(workflow, memo, error.Message);
            }
        }
    }

    private async Task<string?> KeepAsync(Workflow workflow, long run, MemoKeep memo, CancellationToken cancellation)
    {
        string ns = workflow.Metadata.Namespace!;
        Dictionary<string, JsonElement> values = new(memo.Step.Outputs ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        foreach ((string name, OutputReference reference) in memo.Step.References ?? new Dictionary<string, OutputReference>())
        {
            if (await outputs.LoadAsync(ns, reference, cancellation) is not { } value)
            {
                return $"output {name} is gone";
            }

            values[name] = value;
        }

        string text = JsonSerializer.Serialize(values, OperatorJsonContext.Default.DictionaryStringJsonElement);
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > PostedResult.MaxBytes)
        {
            return $"its outputs have {bytes} bytes, more than {PostedResult.MaxBytes}";
        }

        await client.Resource<ConfigMap>(ns).CreateAsync(MapOf(workflow, run, memo, values, text), cancellation);
        return null;
    }

    private static ConfigMap MapOf(Workflow workflow, long run, MemoKeep keep, Dictionary<string, JsonElement> values, string text)
    {
        string name = $"memo-{keep.Digest}-{keep.Job[^10..]}";
        Memo memo = new()
        {
            Workflow = workflow.Metadata.Name!,
            Run = run,
            Step = keep.Step.Name,
            FinishedAt = keep.FinishedAt,
            ExpiresAt = keep.ExpiresAt,
            Outputs = values.ToDictionary(
                static output => output.Key,
                output => new OutputReference { ConfigMap = name, Sha256 = OutputSpill.Digest(output.Value), Bytes = Encoding.UTF8.GetByteCount(output.Value.GetRawText()) },
                StringComparer.Ordinal),
        };
        return new ConfigMap
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                Namespace = workflow.Metadata.Namespace,
                Labels = new Dictionary<string, string>
                {
                    [Labels.ManagedBy] = Labels.ManagedByValue,
                    [Labels.PartOf] = Labels.ManagedByValue,
                    [Labels.Component] = Component,
                    [Labels.Memo] = keep.Digest,
                },
                Annotations = new Dictionary<string, string> { [Labels.MemoOf] = JsonSerializer.Serialize(memo, OperatorJsonContext.Default.Memo) },
            },
            Immutable = true,
            Data = new Dictionary<string, string> { [PostedResult.Key] = text },
        };
    }

    private void Tell(Workflow workflow, MemoKeep memo, string problem) =>
        events.Record(workflow, EventTypes.Warning, EventReasons.NotMemoized, "Keep", $"the result of step {memo.Step.Name} is not kept for later runs: {problem}");
}
