using System.Globalization;
using System.Net;
using AgentOperator.Local.Dapr.Subscriptions;
using AgentOperator.Local.Node;
using AgentOperator.Local.Node.Config;
using AgentOperator.Local.Node.Mounts;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>daprd's command line, the part that is heeded.</summary>
internal static class SidecarArguments
{
    public static string AppId(BuiltInContainer container) => Value(container, "--app-id") is { Length: > 0 } id ? id : container.Pod.Metadata.Name!;

    public static SidecarOptions Read(BuiltInContainer container)
    {
        IReadOnlyDictionary<string, string> environment = container.Command.Environment;
        return new SidecarOptions
        {
            AppId = AppId(container),
            Namespace = environment.GetValueOrDefault("NAMESPACE") is { Length: > 0 } ns ? ns : container.Pod.Metadata.Namespace!,
            Address = IPAddress.Parse(container.Address.PodIP),
            HttpPort = Number(container, "--dapr-http-port") ?? SidecarOptions.DefaultHttpPort,
            PublicPort = Number(container, "--dapr-public-port") ?? SidecarOptions.DefaultPublicPort,
            AppPort = Number(container, "--app-port") ?? 0,
            AppProtocol = Value(container, "--app-protocol") ?? "http",
            AppAddress = Value(container, "--app-channel-address") is { } address and not "127.0.0.1" and not "localhost" ? address : null,
            ApiToken = environment.GetValueOrDefault("DAPR_API_TOKEN"),
            AppToken = environment.GetValueOrDefault("APP_API_TOKEN"),
            AppMaxConcurrency = Math.Max(0, Number(container, "--app-max-concurrency") ?? 0),
            MaxBodyBytes = Value(container, "--max-body-size") is { } size ? (long)ResourceFields.Parse(size) : 4 << 20,
            BlockShutdown = GoDuration.Parse(Value(container, "--dapr-block-shutdown-duration")),
            Grace = Number(container, "--dapr-graceful-shutdown-seconds") is { } grace and >= 0 ? TimeSpan.FromSeconds(grace) : TimeSpan.FromSeconds(5),
            HasClusterStore = !container.Command.Line.Contains("--disable-builtin-k8s-secret-store", StringComparer.Ordinal),
            Environment = environment,
            FilePath = path => Mounted(container.Mounts, path),
        };
    }

    private static string? Value(BuiltInContainer container, string name)
    {
        IReadOnlyList<string> line = container.Command.Line;
        for (int i = 0; i < line.Count; i++)
        {
            if (line[i] == name && i + 1 < line.Count)
            {
                return line[i + 1];
            }

            if (line[i].StartsWith(name + "=", StringComparison.Ordinal))
            {
                return line[i][(name.Length + 1)..];
            }
        }

        return null;
    }

    private static int? Number(BuiltInContainer container, string name) => int.TryParse(Value(container, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The inner mount counts.</summary>
    private static string Mounted(IReadOnlyList<SandboxMount> mounts, string path)
    {
        string resolved = SandboxPath.Resolve(path);
        SandboxMount? mount = mounts.Where(mount => SandboxPath.IsWithin(resolved, mount.Target)).MaxBy(static mount => mount.Target.Length);
        return mount is null ? resolved : mount.Source + resolved[mount.Target.Length..];
    }
}
