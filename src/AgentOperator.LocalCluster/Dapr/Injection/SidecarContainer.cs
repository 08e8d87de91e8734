using System.Globalization;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Dapr.Sidecars;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>The container daprd.</summary>
internal static class SidecarContainer
{
    public const int GrpcPort = 50001;

    private const int InternalGrpcPort = 50002;
    private const int MetricsPort = 9090;

    public static Container Create(SidecarAnnotations annotations, string ns) => new()
    {
        Name = SidecarPatch.ContainerName,
        Image = annotations.Text("sidecar-image") ?? DaprVersion.SidecarImage,
        ImagePullPolicy = "IfNotPresent",
        RestartPolicy = annotations.IsTrue("enable-native-sidecar") ? "Always" : null,
        Args = Arguments(annotations),
        Env = [.. Variables(annotations, ns)],
        Ports =
        [
            new ContainerPort { Name = "dapr-http", ContainerPortNumber = SidecarOptions.DefaultHttpPort },
            new ContainerPort { Name = "dapr-grpc", ContainerPortNumber = annotations.Number("grpc-port") ?? GrpcPort },
            new ContainerPort { Name = "dapr-internal", ContainerPortNumber = annotations.Number("internal-grpc-port") ?? InternalGrpcPort },
            new ContainerPort { Name = "dapr-metrics", ContainerPortNumber = annotations.Number("metrics-port") ?? MetricsPort },
        ],
        VolumeMounts = annotations.Pairs("volume-mounts", ':').Select(static mount => new VolumeMount { Name = mount.Name, MountPath = mount.Value, ReadOnly = true })
            .Concat(annotations.Pairs("volume-mounts-rw", ':').Select(static mount => new VolumeMount { Name = mount.Name, MountPath = mount.Value }))
            .ToArray() is { Length: > 0 } mounts ? mounts : null,
        ReadinessProbe = Probe(annotations, "readiness", (1, 1, 1, 5)) with { HttpGet = new HttpGetAction { Path = "/v1.0/healthz", Port = SidecarOptions.DefaultPublicPort } },
        LivenessProbe = Probe(annotations, "liveness", (180, 3, 10, 5)) with { TcpSocket = new TcpSocketAction { Port = SidecarOptions.DefaultPublicPort } },
        SecurityContext = new SecurityContext
        {
            AllowPrivilegeEscalation = false,
            RunAsNonRoot = true,
            ReadOnlyRootFilesystem = true,
            SeccompProfile = annotations.Text("sidecar-seccomp-profile-type") is { } profile ? new SeccompProfile { Type = profile } : null,
        },
    };

    private static List<string> Arguments(SidecarAnnotations annotations)
    {
        List<string> line =
        [
            "/daprd",
            "--dapr-http-port", Text(SidecarOptions.DefaultHttpPort),
            "--dapr-public-port", Text(SidecarOptions.DefaultPublicPort),
            "--app-id", annotations.AppId,
            "--app-protocol", annotations.Text("app-protocol") ?? "http",
            "--log-level", annotations.Text("log-level") ?? "info",
            "--dapr-graceful-shutdown-seconds", Text(annotations.Number("graceful-shutdown-seconds") ?? -1),
            "--mode", "kubernetes",
        ];
        AddIf("--app-port", annotations.Number("app-port") is { } port and > 0 ? Text(port) : null);
        AddIf("--config", annotations.Text("config"));
        AddIf("--app-channel-address", annotations.Text("app-channel-address"));
        AddIf("--app-max-concurrency", annotations.Number("app-max-concurrency") is { } most ? Text(most) : null);
        AddIf("--max-body-size", annotations.Text("max-body-size") ?? (annotations.Number("http-max-request-size") is { } megabytes ? $"{Text(megabytes)}Mi" : null));
        AddIf("--dapr-block-shutdown-duration", annotations.Text("block-shutdown-duration"));
        AddIf("--placement-host-address", annotations.Raw("placement-host-address"));
        AddIf("--scheduler-host-address", annotations.Raw("scheduler-host-address"));
        if (annotations.IsTrue("disable-builtin-k8s-secret-store"))
        {
            line.Add("--disable-builtin-k8s-secret-store");
        }

        return line;

        void AddIf(string name, string? value)
        {
            if (value is not null)
            {
                line.AddRange([name, value]);
            }
        }
    }

    private static IEnumerable<EnvVar> Variables(SidecarAnnotations annotations, string ns)
    {
        yield return new EnvVar { Name = "NAMESPACE", Value = ns };
        yield return new EnvVar { Name = "POD_NAME", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "metadata.name" } } };
        foreach ((string name, string value) in annotations.Pairs("env", '='))
        {
            yield return new EnvVar { Name = name, Value = value };
        }

        foreach ((string name, string reference) in annotations.Pairs("env-from-secret", '='))
        {
            string[] parts = reference.Split(':', 2);
            yield return FromSecret(name, parts[0], parts.Length > 1 ? parts[1] : name);
        }

        if (annotations.Text("api-token-secret") is { } apiToken)
        {
            yield return FromSecret("DAPR_API_TOKEN", apiToken, "token");
        }

        if (annotations.Text("app-token-secret") is { } appToken)
        {
            yield return FromSecret("APP_API_TOKEN", appToken, "token");
        }
    }

    private static EnvVar FromSecret(string variable, string secret, string key) =>
        new() { Name = variable, ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = secret, Key = key } } };

    private static Probe Probe(SidecarAnnotations annotations, string kind, (int Delay, int Timeout, int Period, int Threshold) defaults) => new()
    {
        InitialDelaySeconds = annotations.Number($"sidecar-{kind}-probe-delay-seconds") ?? defaults.Delay,
        TimeoutSeconds = annotations.Number($"sidecar-{kind}-probe-timeout-seconds") ?? defaults.Timeout,
        PeriodSeconds = annotations.Number($"sidecar-{kind}-probe-period-seconds") ?? defaults.Period,
        FailureThreshold = annotations.Number($"sidecar-{kind}-probe-threshold") ?? defaults.Threshold,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
