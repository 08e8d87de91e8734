using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Local.Tests;

public sealed class StatusPatchTests
{
    [Fact]
    public void Equal_statuses_need_no_patch()
    {
        JobStatus status = new() { Active = 1, Conditions = [new JobCondition { Type = "Complete", Status = "True" }] };
        StatusPatch.Between("uid", status, status with { Conditions = [.. status.Conditions] }, KubeJsonContext.Default.JobStatus).ShouldBeNull();
        StatusPatch.Between("uid", status, status with { Active = null }, KubeJsonContext.Default.JobStatus).ShouldNotBeNull();
    }
}
