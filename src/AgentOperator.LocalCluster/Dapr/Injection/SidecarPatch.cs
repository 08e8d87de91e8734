using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Dapr.Sidecars;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>The JSON patch (RFC 6902) that gives a pod its sidecar.</summary>
internal static class SidecarPatch
{
    public const string ContainerName = "daprd";

    public static JsonArray Create(Pod pod, SidecarAnnotations annotations, string ns)
    {
        JsonArray patch = [];
        Labels(patch, pod, annotations);
        for (int i = 0; i < pod.Spec!.Containers.Count; i++)
        {
            Variables(patch, pod.Spec.Containers[i], $"/spec/containers/{i}", annotations);
        }

        JsonNode sidecar = JsonSerializer.SerializeToNode(SidecarContainer.Create(annotations, ns), KubeJsonContext.Default.Container)!;
        if (!annotations.IsTrue("enable-native-sidecar"))
        {
            Add(patch, "/spec/containers/-", sidecar);
        }
        else if (pod.Spec.InitContainers is { Count: > 0 })
        {
            Add(patch, "/spec/initContainers/-", sidecar);
        }
        else
        {
            Add(patch, "/spec/initContainers", new JsonArray(sidecar));
        }

        return patch;
    }

    private static void Labels(JsonArray patch, Pod pod, SidecarAnnotations annotations)
    {
        if (pod.Metadata.Labels is null)
        {
            Add(patch, "/metadata/labels", new JsonObject());
        }

        Add(patch, "/metadata/labels/dapr.io~1sidecar-injected", "true");
        Add(patch, "/metadata/labels/dapr.io~1app-id", annotations.AppId);
        Add(patch, "/metadata/labels/dapr.io~1metrics-enabled", annotations.Text("enable-metrics") is null || annotations.IsTrue("enable-metrics") ? "true" : "false");
    }

    /// <summary>Dapr's own three, and one more: pods here share the machine's network, so that the sidecar is at the pod's address and not at 127.0.0.1.</summary>
    private static void Variables(JsonArray patch, Container container, string path, SidecarAnnotations annotations)
    {
        (string Name, string Value)[] missing =
        [
            .. new[]
            {
                ("DAPR_HTTP_PORT", $"{SidecarOptions.DefaultHttpPort}"),
                ("DAPR_GRPC_PORT", $"{annotations.Number("grpc-port") ?? SidecarContainer.GrpcPort}"),
                ("APP_PROTOCOL", annotations.Text("app-protocol") ?? "http"),
                ("DAPR_HTTP_ENDPOINT", $"http://$(POD_IP):{SidecarOptions.DefaultHttpPort}"),
            }.Where(variable => container.Env?.Any(own => own.Name == variable.Item1) != true),
        ];
        if (container.Env is null && missing.Length > 0)
        {
            Add(patch, path + "/env", new JsonArray());
        }

        foreach ((string name, string value) in missing)
        {
            Add(patch, path + "/env/-", new JsonObject { ["name"] = name, ["value"] = value });
        }
    }

    private static void Add(JsonArray patch, string path, JsonNode value) => patch.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = value });
}
