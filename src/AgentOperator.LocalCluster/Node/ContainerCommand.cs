using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Node.Config;

namespace AgentOperator.Local.Node;

/// <summary>What a container runs: its spec over its image's, variables expanded.</summary>
internal sealed record ContainerCommand(IReadOnlyList<string> Line, IReadOnlyDictionary<string, string> Environment, string WorkingDir)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="pod">The pod.</param>
    /// <param name="container">One of its containers.</param>
    /// <param name="image">What stands for the image; its variables are not seen by the spec's, as in the kubelet.</param>
    /// <param name="address">Where the pod runs.</param>
    /// <param name="config">What the container's variables refer to.</param>
    /// <param name="services">Variables that tell of Services.</param>
    /// <exception cref="ContainerConfigException">Something that is referred to is not there.</exception>
    public static ContainerCommand Create(Pod pod, Container container, LocalImage image, PodAddress address, ConfigSnapshot config, IReadOnlyDictionary<string, string> services)
    {
        Dictionary<string, string> own = ContainerEnvironment.Create(pod, container, address, config, services);
        string[] entrypoint = [.. Expand(container.Command, own) ?? image.Entrypoint];
        string[] arguments = [.. Expand(container.Args, own) ?? (container.Command is { Count: > 0 } ? [] : image.Cmd)];
        string[] line = [.. entrypoint, .. arguments];
        if (line.Length == 0)
        {
            throw new ContainerConfigException($"no command specified: neither the container nor its image {container.Image} has one");
        }

        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["PATH"] = DefaultPath, ["HOSTNAME"] = pod.Spec?.Hostname ?? pod.Metadata.Name!, ["HOME"] = "/tmp" };
        foreach ((string name, string value) in image.Env.Concat(own))
        {
            all[name] = value;
        }

        return new ContainerCommand(line, all, container.WorkingDir ?? image.WorkingDir ?? "/");
    }

    private static IEnumerable<string>? Expand(IReadOnlyList<string>? texts, Dictionary<string, string> variables) =>
        texts is { Count: > 0 } ? texts.Select(text => VariableExpansion.Expand(text, variables)) : null;
}
