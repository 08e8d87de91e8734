using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node;

/// <summary>The fields of a pod that an environment variable can refer to.</summary>
internal static class PodFields
{
    public static string Value(Pod pod, string path, PodAddress address)
    {
        if (Subscript(path, "metadata.labels") is { } label)
        {
            return pod.Label(label) ?? "";
        }

        if (Subscript(path, "metadata.annotations") is { } annotation)
        {
            return pod.Annotation(annotation) ?? "";
        }

        return path switch
        {
            "metadata.name" => pod.Metadata.Name ?? "",
            "metadata.namespace" => pod.Metadata.Namespace ?? "",
            "metadata.uid" => pod.Metadata.Uid ?? "",
            "spec.nodeName" => address.NodeName,
            "spec.serviceAccountName" => pod.Spec?.ServiceAccountName ?? "default",
            "status.podIP" or "status.podIPs" => address.PodIP,
            "status.hostIP" or "status.hostIPs" => address.HostIP,
            _ => throw new ContainerConfigException($"fieldRef {path} is not supported"),
        };
    }

    private static string? Subscript(string path, string field) =>
        path.StartsWith(field + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? path[(field.Length + 2)..^2] : null;
}
