using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>Jobs that run a shell script.</summary>
internal static class TestJobs
{
    public static Job Shell(string name, string script, Func<JobSpec, JobSpec>? spec = null, Func<Container, Container>? container = null, Func<PodSpec, PodSpec>? pod = null)
    {
        Container main = new() { Name = "main", Image = "shell", Args = [script] };
        PodSpec podSpec = new() { RestartPolicy = "Never", Containers = [container?.Invoke(main) ?? main] };
        JobSpec jobSpec = new() { BackoffLimit = 0, Template = new PodTemplateSpec { Spec = pod?.Invoke(podSpec) ?? podSpec } };
        return new Job { Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Spec = spec?.Invoke(jobSpec) ?? jobSpec };
    }
}
