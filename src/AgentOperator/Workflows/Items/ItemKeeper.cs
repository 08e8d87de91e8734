using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Workflows.Items.Keeping;

namespace AgentOperator.Workflows.Items;

/// <summary>The objects in which items leave what they gave: read for a decision, written before a status, removed when no run needs them.</summary>
internal sealed class ItemKeeper(KubeClient client, ResultLogs logs)
{
    private readonly ItemEvidenceReader _reader = new(client, logs);
    private readonly ItemSweeper _sweeper = new(client);

    public Task<ItemEvidence> ReadAsync(ItemsWanted wanted, CancellationToken cancellation) => _reader.ReadAsync(wanted, cancellation);

    /// <summary>A result is kept before status says that its item has succeeded. One that is there already stays: the first one counts.</summary>
    public async Task KeepAsync(IReadOnlyList<ItemKeep> keeps, CancellationToken cancellation)
    {
        foreach (ItemKeep keep in keeps)
        {
            ResultLogTarget target = ResultLogTarget.Of(keep.Names);
            await Task.WhenAll(keep.Results.Select(result => logs.KeepAsync(target, ItemResults.KeyOf(result.Place), result.Text, isBounded: false, cancellation)));
        }
    }

    public Task SweepAsync(Workflow before, WorkflowStatus after, CancellationToken cancellation) => _sweeper.SweepAsync(before, after, cancellation);
}
