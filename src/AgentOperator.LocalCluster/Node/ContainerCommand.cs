using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;

namespace AgentOperator.Local.Node;

/// <summary>What a container runs: its spec over its image's, variables expanded.</summary>
internal sealed record ContainerCommand(IReadOnlyList<string> Line, IReadOnlyDictionary<string, string> Environment, string WorkingDir)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static ContainerCommand Create(Pod pod, Container container, LocalImage image, PodAddress address)
    {
        Dictionary<string, string> own = OwnEnvironment(pod, container, address);
        string[] entrypoint = [.. Expand(container.Command, own) ?? image.Entrypoint];
        string[] arguments = [.. Expand(container.Args, own) ?? (container.Command is { Count: > 0 } ? [] : image.Cmd)];
        string[] line = [.. entrypoint, .. arguments];
        if (line.Length == 0)
        {
            throw new ContainerConfigException($"no command specified: neither the container nor its image {container.Image} has one");
        }

        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["PATH"] = DefaultPath, ["HOSTNAME"] = pod.Metadata.Name!, ["HOME"] = "/tmp" };
        foreach ((string name, string value) in image.Env.Concat(own))
        {
            all[name] = value;
        }

        return new ContainerCommand(line, all, container.WorkingDir ?? image.WorkingDir ?? "/");
    }

    /// <summary>Variables see those before them; the image's are not seen, as in the kubelet.</summary>
    private static Dictionary<string, string> OwnEnvironment(Pod pod, Container container, PodAddress address)
    {
        Dictionary<string, string> own = new(StringComparer.Ordinal) { ["POD_IP"] = address.PodIP };
        foreach (EnvVar variable in container.Env ?? [])
        {
            own[variable.Name] = variable.ValueFrom switch
            {
                null => VariableExpansion.Expand(variable.Value ?? "", own),
                { FieldRef: { } field } => PodFields.Value(pod, field.FieldPath, address),
                _ => throw new ContainerConfigException($"env {variable.Name}: only value and valueFrom.fieldRef are supported"),
            };
        }

        return own;
    }

    private static IEnumerable<string>? Expand(IReadOnlyList<string>? texts, Dictionary<string, string> variables) =>
        texts is { Count: > 0 } ? texts.Select(text => VariableExpansion.Expand(text, variables)) : null;
}
