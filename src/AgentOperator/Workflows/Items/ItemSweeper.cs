using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Items;

/// <summary>Removes what runs kept for their items: what items were given and what containers read as files when the run has ended, their results when history no longer shows it. What a delete missed, the next run's end removes.</summary>
[RequiresAccess<ConfigMap>(Verbs.Delete, Verbs.List)]
internal sealed class ItemSweeper(KubeClient client)
{
    public async Task SweepAsync(Workflow before, WorkflowStatus after, CancellationToken cancellation)
    {
        bool hasEnded = WorkflowPhases.IsFinal(after.Phase) && !WorkflowPhases.IsFinal(before.Status?.Phase);
        if (!hasEnded || !(after.RunSpec?.Steps ?? []).Concat(after.RunSpec?.Finally ?? []).Any(static step => step.ForEach is not null || StepFiles.MayBeUsedBy(step)))
        {
            return;
        }

        ResourceClient<ConfigMap> maps = client.Resource<ConfigMap>(before.Metadata.Namespace);
        ListOptions ofWorkflow = new() { LabelSelector = $"{Labels.Workflow}={before.Metadata.Name},{Labels.Component} in ({ResultLogTarget.Component},{ItemInputs.Component},{FilesPart.Component})" };
        long oldest = after.History is { Count: > 0 } history ? history[^1].Run : after.Run ?? 0;
        string[] read = [.. RunParts.All(after).SelectMany(static step => (step.References?.Values ?? []).Concat(step.Previous?.References?.Values ?? [])).Select(static reference => reference.ConfigMap).Distinct(StringComparer.Ordinal)];
        foreach (ConfigMap map in (await maps.ListAsync(ofWorkflow, cancellation)).Items)
        {
            bool isOwn = map.ControllerOwner()?.Uid == before.Metadata.Uid && long.TryParse(map.Label(Labels.Run), CultureInfo.InvariantCulture, out long run) && run <= after.Run
                && (map.Label(Labels.Component) is ItemInputs.Component or FilesPart.Component || (run < oldest && !Array.Exists(read, name => IsPartOf(map.Metadata.Name!, name))));
            if (isOwn)
            {
                await maps.DeleteAsync(map.Metadata.Name!, new DeleteOptions { Uid = map.Metadata.Uid }, cancellation);
            }
        }
    }

    private static bool IsPartOf(string map, string results) => map.StartsWith(results, StringComparison.Ordinal) && map.Length > results.Length && map[results.Length] == '-' && map.AsSpan(results.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
