using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items;

/// <summary>Reads what items left behind: their results, and of an Indexed Job that has ended the pods that say why items failed. No cache holds those: there may be 10,000.</summary>
[RequiresAccess<Pod>(Verbs.List)]
internal sealed class ItemEvidenceReader(KubeClient client, ResultLogs logs)
{
    private const int Page = 200;

    public async Task<ItemEvidence> ReadAsync(ItemsWanted wanted, CancellationToken cancellation)
    {
        string ns = wanted.Names.Workflow.Metadata.Namespace!;
        ItemResults results = await logs.ReadAsync(ns, wanted.Names.Results, wanted.Names.Workflow.Metadata.Uid, cancellation);
        if (wanted.Job is not { JobUid: { } uid, Indexed: { } indexed })
        {
            return new ItemEvidence(results);
        }

        int[] places = [.. wanted.Places];
        int[] indexes = [.. indexed.Failed.Union(indexed.Completed).Where(index => index < places.Length && results.Of(places[index]) is null)];
        Dictionary<int, PodObservation> pods = [];
        foreach (int[] page in indexes.Chunk(Page))
        {
            string selector = $"{Labels.Workflow},{JobLabels.ControllerUid}={uid},{JobLabels.CompletionIndex} in ({string.Join(',', page)})";
            KubeList<StepPod> found = await client.Resource<StepPod>(ns).ListAsync(new ListOptions { LabelSelector = selector }, cancellation);
            foreach (IGrouping<string?, StepPod> ofIndex in found.Items.Where(pod => pod.IsOursOf(uid)).GroupBy(static pod => pod.Label(JobLabels.CompletionIndex)))
            {
                if (PodReader.Newest(ofIndex) is { } newest)
                {
                    pods[int.Parse(ofIndex.Key!, CultureInfo.InvariantCulture)] = newest;
                }
            }
        }

        return new ItemEvidence(results) { Pods = pods };
    }
}
