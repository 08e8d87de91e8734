using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Pods against the Pod Security Standard restricted (https://kubernetes.io/docs/concepts/security/pod-security-standards/).</summary>
internal static class RestrictedPods
{
    private static readonly string[] UnmaskedProc = [null!, "Default"];

    /// <summary>Every pod of the namespace, with what it breaks; empty when all of them pass.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(TestNamespace ns)
    {
        KubeList<Pod> pods = await ns.Client.Resource<Pod>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        pods.Items.ShouldNotBeEmpty();
        return [.. pods.Items.SelectMany(static pod => Of(pod.Spec!).Select(problem => $"{pod.Metadata.Name}: {problem}"))];
    }

    public static IEnumerable<string> Of(PodSpec pod)
    {
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true)
        {
            yield return "shares a namespace of the host";
        }

        if (pod.SecurityContext?.Sysctls is { Count: > 0 } || pod.SecurityContext?.SeLinuxOptions is not null || pod.SecurityContext?.AppArmorProfile is not null || pod.SecurityContext?.WindowsOptions is not null)
        {
            yield return "sets what this check knows no allowed values of";
        }

        if (pod.SecurityContext?.RunAsUser == 0)
        {
            yield return "runs as root";
        }

        foreach (Volume volume in (pod.Volumes ?? []).Where(static volume => (volume.ConfigMap, volume.Secret, volume.Projected, volume.DownwardApi, volume.EmptyDir, volume.PersistentVolumeClaim, volume.Ephemeral, volume.Csi) is (null, null, null, null, null, null, null, null)))
        {
            yield return $"volume {volume.Name} is of a type that is not allowed";
        }

        foreach (Container container in (pod.InitContainers ?? []).Concat(pod.Containers))
        {
            foreach (string problem in Of(pod, container))
            {
                yield return $"container {container.Name} {problem}";
            }
        }
    }

    private static IEnumerable<string> Of(PodSpec pod, Container container)
    {
        SecurityContext context = container.SecurityContext ?? new SecurityContext();
        (bool Breaks, string What)[] rules =
        [
            (context.Privileged == true, "is privileged"),
            (context.AllowPrivilegeEscalation != false, "may escalate privileges"),
            ((context.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) != true, "may run as root"),
            (context.RunAsUser == 0, "runs as root"),
            ((context.SeccompProfile ?? pod.SecurityContext?.SeccompProfile)?.Type is not ("RuntimeDefault" or "Localhost"), "has no seccomp profile"),
            (context.Capabilities?.Drop?.Contains("ALL") != true, "does not drop all capabilities"),
            (context.Capabilities?.Add?.Any(static capability => capability != "NET_BIND_SERVICE") == true, "adds capabilities"),
            (!UnmaskedProc.Contains(context.ProcMount), "unmasks /proc"),
            (context.SeLinuxOptions is not null || context.AppArmorProfile is not null || context.WindowsOptions is not null, "sets what this check knows no allowed values of"),
            (container.Ports?.Any(static port => port.HostPort > 0) == true, "has a port of the host"),
        ];
        return rules.Where(static rule => rule.Breaks).Select(static rule => rule.What);
    }
}
