using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>Answers admission reviews as Dapr's sidecar injector does: which pods get a sidecar, and which are denied.</summary>
internal static class Injector
{
    private static readonly HashSet<string> Creators = new[] { "replicaset", "replication", "deployment", "cronjob", "job", "statefulset", "daemon-set" }
        .Select(static name => $"system:serviceaccount:kube-system:{name}-controller")
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Null for what is no review of a pod.</summary>
    public static JsonObject? Answer(JsonNode? review)
    {
        if (review?["request"] is not JsonObject request || request["object"] is not JsonObject instance || instance.Deserialize(KubeJsonContext.Default.Pod) is not { } pod)
        {
            return null;
        }

        JsonObject response = new() { ["uid"] = request["uid"]?.DeepClone(), ["allowed"] = true };
        string ns = pod.Metadata.Namespace ?? request["namespace"]?.GetValue<string>() ?? "default";
        if (Wants(pod) && IsCreator(request["userInfo"]) && !HasSidecar(pod))
        {
            SidecarAnnotations annotations = new(pod);
            if (annotations.Problem is { } problem)
            {
                response["allowed"] = false;
                response["status"] = new JsonObject { ["message"] = problem, ["code"] = 400 };
            }
            else
            {
                response["patchType"] = "JSONPatch";
                response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(SidecarPatch.Create(pod, annotations, ns).ToJsonString()));
            }
        }

        return new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["response"] = response };
    }

    private static bool Wants(Pod pod) => string.Equals(pod.Annotation(SidecarAnnotations.Prefix + "enabled"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Pods of others, of an operator for one, are let through as they are.</summary>
    private static bool IsCreator(JsonNode? user) =>
        (user?["username"]?.GetValue<string>() is { } name && Creators.Contains(name))
        || (user?["groups"] as JsonArray)?.Any(static group => group?.GetValue<string>() == "system:masters") == true;

    private static bool HasSidecar(Pod pod) => pod.Spec is { } spec && spec.Containers.Concat(spec.InitContainers ?? []).Any(static container => container.Name == SidecarPatch.ContainerName);
}
