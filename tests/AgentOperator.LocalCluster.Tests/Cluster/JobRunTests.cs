using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class JobRunTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_job_runs_its_program_and_completes()
    {
        await CreateAsync(TestJobs.Shell("completes", "echo to the log; printf 'the result' > /dev/termination-log"));
        Job job = await cluster.FinishedAsync("completes");
        job.Status!.Conditions!.Select(static condition => condition.Type).ShouldBe(["SuccessCriteriaMet", "Complete"]);
        job.Status.Succeeded.ShouldBe(1);

        Pod pod = (await cluster.PodOfAsync("completes"))!;
        pod.Spec!.NodeName.ShouldBe("local");
        pod.Status!.Phase.ShouldBe(PodPhase.Succeeded);
        pod.Status.PodIP!.ShouldStartWith("127.");
        ContainerStateTerminated end = pod.Status.ContainerStatuses!.Single().State!.Terminated!;
        end.Reason.ShouldBe("Completed");
        end.Message.ShouldBe("the result");
        string log = Path.Combine(cluster.Cluster.StateFolder, "pods", $"default_{pod.Metadata.Name}_{pod.Metadata.Uid}", "main.log");
        (await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).ShouldBe("to the log\n");
    }

    [Fact]
    public async Task A_failure_has_its_exit_code_and_the_end_of_its_log()
    {
        await CreateAsync(TestJobs.Shell("fails", "echo first; echo the reason >&2; exit 7", container: static container => container with { TerminationMessagePolicy = "FallbackToLogsOnError" }));
        Job job = await cluster.FinishedAsync("fails");
        job.Status!.Conditions![^1].Reason.ShouldBe("BackoffLimitExceeded");
        ContainerStateTerminated end = await TerminatedAsync("fails");
        end.ExitCode.ShouldBe(7);
        end.Reason.ShouldBe("Error");
        end.Message.ShouldBe("first\nthe reason\n");
    }

    [Fact]
    public async Task A_program_ended_by_a_signal_has_the_code_of_the_signal()
    {
        // A child gets the signal: the first process of a container is immune to its own.
        await CreateAsync(TestJobs.Shell("signalled", "sh -c 'kill -9 $$$$'"));
        await cluster.FinishedAsync("signalled");
        (await TerminatedAsync("signalled")).ExitCode.ShouldBe(137);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_start_error()
    {
        await CreateAsync(TestJobs.Shell("absent", "", container: static container => container with { Command = ["/no/such/program"] }));
        await cluster.FinishedAsync("absent");
        ContainerStateTerminated end = await TerminatedAsync("absent");
        end.Reason.ShouldBe("StartError");
        end.ExitCode.ShouldBe(128);
        end.Message!.ShouldContain("/no/such/program");
    }

    [Fact]
    public async Task A_container_sees_its_own_environment_and_nothing_of_the_hosts()
    {
        Environment.SetEnvironmentVariable("LEAKED_FROM_THE_HOST", "1");
        await CreateAsync(TestJobs.Shell("env", "env; hostname; touch /x || echo read-only; ls /tmp | wc -l", container: static container => container with
        {
            Env = [new EnvVar { Name = "GREETING", Value = "hello" }, new EnvVar { Name = "NAME", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "metadata.name" } } }],
            WorkingDir = "/tmp/work",
        }));
        await cluster.FinishedAsync("env");
        Pod pod = (await cluster.PodOfAsync("env"))!;
        string log = await File.ReadAllTextAsync(Path.Combine(cluster.Cluster.StateFolder, "pods", $"default_{pod.Metadata.Name}_{pod.Metadata.Uid}", "main.log"), TestContext.Current.CancellationToken);
        log.ShouldContain("GREETING=hello\n");
        log.ShouldContain($"NAME={pod.Metadata.Name}\n");
        log.ShouldContain($"POD_IP={pod.Status!.PodIP}\n");
        log.ShouldContain("PWD=/tmp/work\n");
        log.ShouldContain("read-only\n");
        log.ShouldNotContain("LEAKED_FROM_THE_HOST");
    }

    [Fact]
    public async Task A_pod_with_an_unknown_image_waits_and_recovers_when_the_map_gets_it()
    {
        await CreateAsync(TestJobs.Shell("unknown", "true", container: static container => container with { Image = "nobody/knows:1" }));
        Pod waiting = await cluster.PodOfAsync("unknown", static pod => Waiting(pod)?.Reason == "ImagePullBackOff");
        waiting.Status!.Phase.ShouldBe(PodPhase.Pending);
        Waiting(waiting)!.Message!.ShouldContain("nobody/knows:1");
        Waiting(waiting)!.Message!.ShouldContain(cluster.ImagesFile);

        await File.WriteAllTextAsync(cluster.ImagesFile, """{ "images": { "shell": { "entrypoint": ["/bin/sh", "-c"] }, "nobody/*": { "entrypoint": ["/bin/sh", "-c"] } } }""", TestContext.Current.CancellationToken);
        Job job = await cluster.FinishedAsync("unknown");
        job.Status!.Succeeded.ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_pod_gets_SIGTERM_and_goes()
    {
        await CreateAsync(TestJobs.Shell("deleted", "trap 'echo bye > /dev/termination-log; exit 5' TERM; echo up; while :; do sleep 0.05; done", spec: static spec => spec with { BackoffLimit = 0, PodReplacementPolicy = "Failed" }));
        Pod pod = await cluster.PodOfAsync("deleted", Running);
        await LogAsync(pod, "up");
        await cluster.Pods.DeleteAsync(pod.Metadata.Name!, new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.Pods.FindAsync(pod.Metadata.Name!, CancellationToken.None), static found => found is null);
        Job job = await cluster.FinishedAsync("deleted");
        job.Status!.Failed.ShouldBe(1);
    }

    [Fact]
    public async Task A_pod_that_does_not_hear_is_killed_after_its_grace_period()
    {
        await CreateAsync(TestJobs.Shell("deaf", "trap '' TERM; echo up; while :; do sleep 0.05; done", pod: static pod => pod with { TerminationGracePeriodSeconds = 1 }));
        Pod pod = await cluster.PodOfAsync("deaf", Running);
        await LogAsync(pod, "up");
        await cluster.Pods.DeleteAsync(pod.Metadata.Name!, new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.Pods.FindAsync(pod.Metadata.Name!, CancellationToken.None), static found => found is null, 10);
    }

    [Fact]
    public async Task The_deadline_of_a_job_ends_its_pod()
    {
        await CreateAsync(TestJobs.Shell("late", "exec sleep 1000", spec: static spec => spec with { ActiveDeadlineSeconds = 1 }, pod: static pod => pod with { TerminationGracePeriodSeconds = 1 }));
        Job job = await cluster.FinishedAsync("late");
        job.Status!.Conditions!.Select(static condition => (condition.Type, condition.Reason)).ShouldBe([("FailureTarget", "DeadlineExceeded"), ("Failed", "DeadlineExceeded")]);
    }

    [Fact]
    public async Task The_deadline_of_a_pod_fails_it()
    {
        await CreateAsync(TestJobs.Shell("pod-late", "exec sleep 1000", pod: static pod => pod with { ActiveDeadlineSeconds = 1, TerminationGracePeriodSeconds = 1 }));
        await cluster.FinishedAsync("pod-late");
        PodStatus status = (await cluster.PodOfAsync("pod-late"))!.Status!;
        status.Phase.ShouldBe(PodPhase.Failed);
        status.Reason.ShouldBe("DeadlineExceeded");
    }

    [Fact]
    public async Task A_failed_pod_is_replaced_after_ten_seconds()
    {
        await CreateAsync(TestJobs.Shell("again", "exit 1", spec: static spec => spec with { BackoffLimit = 1 }));
        Job job = await cluster.FinishedAsync("again");
        job.Status!.Failed.ShouldBe(2);
        IReadOnlyList<Pod> pods = (await cluster.Pods.ListAsync(new ListOptions { LabelSelector = "job-name=again" }, TestContext.Current.CancellationToken)).Items;
        DateTimeOffset[] created = [.. pods.Select(static pod => pod.Metadata.CreationTimestamp!.Value.Value).Order()];
        created.Length.ShouldBe(2);
        (created[1] - created[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task A_container_restarts_within_its_pod()
    {
        await CreateAsync(TestJobs.Shell("restarts", "exit 1", spec: static spec => spec with { BackoffLimit = 5 }, pod: static pod => pod with { RestartPolicy = "OnFailure" }));
        Pod pod = await cluster.PodOfAsync("restarts", static pod => Waiting(pod)?.Reason == "CrashLoopBackOff");
        ContainerStatus status = pod.Status!.ContainerStatuses!.Single();
        status.RestartCount.ShouldBe(1);
        status.LastState!.Terminated!.ExitCode.ShouldBe(1);
        pod.Status.Phase.ShouldBe(PodPhase.Running);
        await cluster.Jobs.DeleteAsync("restarts", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pods_of_a_deleted_job_are_collected()
    {
        await CreateAsync(TestJobs.Shell("orphans", "exec sleep 1000", pod: static pod => pod with { TerminationGracePeriodSeconds = 1 }));
        await cluster.PodOfAsync("orphans", Running);
        await cluster.Jobs.DeleteAsync("orphans", new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.PodOfAsync("orphans"), static pod => pod is null);
    }

    [Fact]
    public async Task Many_jobs_make_no_pod_twice()
    {
        const int Count = 20;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => CreateAsync(TestJobs.Shell($"many-{number}", "true"))));
        for (int number = 0; number < Count; number++)
        {
            await cluster.FinishedAsync($"many-{number}", 60);
            (await cluster.Pods.ListAsync(new ListOptions { LabelSelector = $"job-name=many-{number}" }, TestContext.Current.CancellationToken)).Items.Count.ShouldBe(1);
        }
    }

    private static bool Running(Pod pod) => pod.Status?.Phase == PodPhase.Running;

    private static ContainerStateWaiting? Waiting(Pod pod) => pod.Status?.ContainerStatuses?.Single().State?.Waiting;

    private async Task<ContainerStateTerminated> TerminatedAsync(string job) =>
        (await cluster.PodOfAsync(job))!.Status!.ContainerStatuses!.Single().State!.Terminated!;

    private Task<string> LogAsync(Pod pod, string text)
    {
        string log = Path.Combine(cluster.Cluster.StateFolder, "pods", $"default_{pod.Metadata.Name}_{pod.Metadata.Uid}", "main.log");
        return Until.Async(() => File.ReadAllTextAsync(log), read => read.Contains(text, StringComparison.Ordinal));
    }

    private Task<Job> CreateAsync(Job job) => cluster.Jobs.CreateAsync(job, TestContext.Current.CancellationToken);
}
