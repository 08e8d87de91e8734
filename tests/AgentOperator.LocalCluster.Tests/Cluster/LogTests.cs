using System.Diagnostics;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class LogTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Logs_are_read_and_followed_through_the_api_server()
    {
        await cluster.RunAsync(TestPods.Shell("talks", "echo one; echo two; echo three; sleep 2; echo four"), TestPods.IsRunning);
        (await KubectlAsync("logs", "-f", "talks")).ShouldBe((0, "one\ntwo\nthree\nfour\n"));
        (await KubectlAsync("logs", "--tail=2", "talks")).ShouldBe((0, "three\nfour\n"));
        (await KubectlAsync("logs", "--limit-bytes=3", "talks")).ShouldBe((0, "one"));
    }

    [Fact]
    public async Task The_run_before_has_a_log_of_its_own()
    {
        await cluster.RunAsync(
            TestPods.Shell("again-and-again", "if [ -e /d/second ]; then echo second; exec sleep 1000; fi; touch /d/second; echo first; exit 1", static spec => spec with { RestartPolicy = "OnFailure", Volumes = [new Volume { Name = "d", EmptyDir = new EmptyDirVolumeSource() }] }, static container => container with { VolumeMounts = [new VolumeMount { Name = "d", MountPath = "/d" }] }),
            static pod => pod.Status?.ContainerStatuses?[0] is { RestartCount: 1, State.Running: not null });
        await Until.Async(() => KubectlAsync("logs", "again-and-again"), static answer => answer == (0, "second\n"));
        (await KubectlAsync("logs", "--previous", "again-and-again")).ShouldBe((0, "first\n"));
        await cluster.Pods.DeleteAsync("again-and-again", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    private async Task<(int ExitCode, string Output)> KubectlAsync(params string[] arguments)
    {
        ProcessStartInfo info = new(Path.Combine(cluster.Cluster.AssetsFolder, "kubectl")) { UseShellExecute = false, RedirectStandardOutput = true };
        info.ArgumentList.Add($"--kubeconfig={cluster.Cluster.KubeConfigPath}");
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(info)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
