using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>Pods that run a shell script.</summary>
internal static class TestPods
{
    public static Pod Shell(string name, string script, Func<PodSpec, PodSpec>? spec = null, Func<Container, Container>? container = null)
    {
        Container main = Container("main", script);
        PodSpec pod = new() { RestartPolicy = "Never", TerminationGracePeriodSeconds = 1, Containers = [container?.Invoke(main) ?? main] };
        return new Pod
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = new Dictionary<string, string> { ["app"] = name } },
            Spec = spec?.Invoke(pod) ?? pod,
        };
    }

    /// <summary>Lets the pod write to its hostPath volumes.</summary>
    public static Pod Writing(this Pod pod) => pod with { Metadata = pod.Metadata with { Annotations = new Dictionary<string, string> { ["local.agentoperator.dev/writable-host-paths"] = "true" } } };

    public static Container Container(string name, string script) => new() { Name = name, Image = "shell", Args = [script] };

    public static async Task<Pod> RunAsync(this ClusterFixture cluster, Pod pod, Func<Pod, bool>? until = null)
    {
        await cluster.Pods.CreateAsync(pod, TestContext.Current.CancellationToken);
        return await cluster.WaitAsync(pod.Metadata.Name!, until ?? HasEnded);
    }

    public static Task<Pod> WaitAsync(this ClusterFixture cluster, string name, Func<Pod, bool> until) =>
        Until.Async(() => cluster.Pods.GetAsync(name, CancellationToken.None), until);

    public static bool HasEnded(Pod pod) => pod.Status?.Phase is PodPhase.Succeeded or PodPhase.Failed;

    public static bool IsRunning(Pod pod) => pod.Status?.Phase == PodPhase.Running;

    public static bool IsReady(Pod pod) => pod.Status?.Conditions?.Any(static condition => condition is { Type: "Ready", Status: "True" }) == true;

    public static async Task<string> LogAsync(this ClusterFixture cluster, Pod pod, string container = "main")
    {
        string path = Path.Combine(cluster.Cluster.StateFolder, "pods", $"default_{pod.Metadata.Name}_{pod.Metadata.Uid}", container + ".log");
        return File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
    }

    public static Task<string> LogAsync(this ClusterFixture cluster, Pod pod, Func<string, bool> until, string container = "main") =>
        Until.Async(() => cluster.LogAsync(pod, container), until);
}
