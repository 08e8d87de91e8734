using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Serving;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Tests.Workflows.Locking;

/// <summary>What keeps a lock that is given back.</summary>
public sealed class HolderPodsTests
{
    private const string Holder = "0d6f/7/call/1";

    /// <summary>Its stopped pod has ended, and the one that undoes what it did is not there yet.</summary>
    [Theory]
    [InlineData(WorkflowPhases.Running, true)]
    [InlineData(WorkflowPhases.Compensated, false)]
    public async Task A_Workflow_below_keeps_the_lock_to_its_end_also_while_it_has_no_pod(string phase, bool isBusy)
    {
        Workflow child = new()
        {
            Metadata = new ObjectMeta { Name = "child", Namespace = "n", Labels = new Dictionary<string, string> { [LocksAbove.LabelOf(Holder)] = "true" } },
            Spec = new WorkflowSpec { Steps = [] },
            Status = new WorkflowStatus { Phase = phase, Run = 1 },
        };
        await using FakeApi api = await FakeApi.StartAsync((_, path) => path switch
        {
            _ when path.Contains("/pods?", StringComparison.Ordinal) => (200, """{"metadata":{"resourceVersion":"1"},"items":[]}"""),
            _ when path.Contains($"/workflows?labelSelector={LocksAbove.LabelOf(Holder)}", StringComparison.Ordinal) => (200, $$"""{"metadata":{"resourceVersion":"1"},"items":[{{JsonSerializer.Serialize(child, Workflow.JsonTypeInfo)}}]}"""),
            _ => null,
        });
        using KubeClient client = api.Connect();

        (await new HolderPods(client).AreAtWorkAsync(new LockEntry(Holder, "n", "w", 0), true, TestContext.Current.CancellationToken)).ShouldBe(isBusy);
    }
}
