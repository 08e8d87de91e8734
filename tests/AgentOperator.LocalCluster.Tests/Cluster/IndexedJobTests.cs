using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class IndexedJobTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Each_index_has_its_pod_and_its_own_limit()
    {
        Job job = await RunAsync("indexed", "echo $JOB_COMPLETION_INDEX $(hostname); [ $JOB_COMPLETION_INDEX != 2 ]", static spec => spec with { Completions = 5, Parallelism = 3, BackoffLimit = null, BackoffLimitPerIndex = 0 });
        job.Status!.Conditions!.Select(static condition => (condition.Type, condition.Reason)).ShouldBe([("FailureTarget", "FailedIndexes"), ("Failed", "FailedIndexes")]);
        job.Status.CompletedIndexes.ShouldBe("0,1,3,4");
        job.Status.FailedIndexes.ShouldBe("2");
        Pod pod = (await cluster.Pods.ListAsync(new ListOptions { LabelSelector = $"job-name=indexed,{JobLabels.CompletionIndex}=3" }, TestContext.Current.CancellationToken)).Items.Single();
        (await cluster.LogAsync(pod)).ShouldBe("3 indexed-3\n");
    }

    [Fact]
    public async Task Too_many_failed_indexes_fail_the_job()
    {
        Job job = await RunAsync("max-failed", "exit 1", static spec => spec with { Completions = 3, Parallelism = 1, BackoffLimit = null, BackoffLimitPerIndex = 0, MaxFailedIndexes = 0 });
        job.Status!.Conditions![^1].Reason.ShouldBe("MaxFailedIndexesExceeded");
    }

    [Fact]
    public async Task The_first_success_is_enough_when_the_policy_says_so()
    {
        Job job = await RunAsync(
            "first-wins",
            "[ $JOB_COMPLETION_INDEX = 1 ] || exec sleep 1000",
            static spec => spec with { Completions = 3, Parallelism = 3, SuccessPolicy = new SuccessPolicy { Rules = [new SuccessPolicyRule { SucceededCount = 1 }] } },
            static pod => pod with { TerminationGracePeriodSeconds = 1 });
        job.Status!.Conditions!.Select(static condition => (condition.Type, condition.Reason)).ShouldBe([("SuccessCriteriaMet", "SuccessPolicy"), ("Complete", "SuccessPolicy")]);
        job.Status.CompletedIndexes.ShouldBe("1");
    }

    [Fact]
    public async Task A_suspended_job_has_no_pods_and_goes_on_when_resumed()
    {
        await cluster.Jobs.CreateAsync(TestJobs.Shell("suspended", "true", static spec => spec with { Suspend = true }), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.Jobs.GetAsync("suspended", CancellationToken.None), static job => job.Status?.Conditions?.Any(static condition => condition is { Type: "Suspended", Status: "True" }) == true);
        (await cluster.PodOfAsync("suspended")).ShouldBeNull();
        await cluster.Jobs.PatchAsync("suspended", Kube.Patching.Patch.Merge("""{"spec":{"suspend":false}}"""u8), TestContext.Current.CancellationToken);
        (await cluster.FinishedAsync("suspended")).Status!.Succeeded.ShouldBe(1);

        await cluster.Jobs.PatchAsync("suspended", Kube.Patching.Patch.Merge("""{"spec":{"ttlSecondsAfterFinished":1}}"""u8), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.Jobs.FindAsync("suspended", CancellationToken.None), static job => job is null);
        await Until.Async(() => cluster.PodOfAsync("suspended"), static pod => pod is null);
    }

    private async Task<Job> RunAsync(string name, string script, Func<JobSpec, JobSpec> spec, Func<PodSpec, PodSpec>? pod = null)
    {
        await cluster.Jobs.CreateAsync(TestJobs.Shell(name, script, given => spec(given) with { CompletionMode = "Indexed" }, pod: pod), TestContext.Current.CancellationToken);
        return await cluster.FinishedAsync(name);
    }
}
