using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Waits for what definitions make.</summary>
internal static class TriggerWaits
{
    /// <summary>The Workflow of an event once it is as wanted.</summary>
    public static Task<Workflow> UntilRunAsync(this TestNamespace ns, string id, Func<Workflow, bool> holds) =>
        ns.UntilAsync<Workflow>(null, workflow => workflow.Annotation(Labels.Event) == id && holds(workflow), static last => $"{last.Metadata.Name} {last.Status?.Phase}: {last.Status?.Message}");

    public static async Task<IReadOnlyList<Workflow>> RunsAsync(this TestNamespace ns, string definition = "d") =>
        (await ns.Client.Resource<Workflow>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Parent}={definition}" }, TestContext.Current.CancellationToken)).Items;

    /// <summary>The definition once it waits for its triggers.</summary>
    public static Task<Workflow> UntilReadyAsync(this TestNamespace ns) =>
        ns.UntilAsync("d", static definition => definition.Status?.Conditions?.Any(static condition => condition is { Type: ConditionTypes.Ready, Status: ConditionStatus.True }) == true);
}
