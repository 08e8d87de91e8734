using System.Globalization;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>Limits and requests of containers as text, for variables and files.</summary>
internal static class ResourceFields
{
    private static readonly (string Suffix, decimal Factor)[] Units =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000_000m), ("G", 1000_000_000m), ("T", 1000_000_000_000m),
    ];

    public static string Value(Pod pod, Container container, ResourceFieldSelector selector)
    {
        Container target = selector.ContainerName is { Length: > 0 } name
            ? pod.Spec!.Containers.Concat(pod.Spec.InitContainers ?? []).FirstOrDefault(candidate => candidate.Name == name) ?? throw new ContainerConfigException($"container {name} not found")
            : container;
        string[] parts = selector.Resource.Split('.', 2);
        IReadOnlyDictionary<string, Quantity>? resources = parts[0] switch
        {
            "limits" => target.Resources?.Limits,
            "requests" => target.Resources?.Requests,
            _ => throw new ContainerConfigException($"resourceFieldRef {selector.Resource} is not supported"),
        };
        decimal value = resources is not null && resources.TryGetValue(parts[1], out Quantity quantity) ? Parse(quantity.Text) : Default(parts[0], parts[1]);
        decimal divisor = selector.Divisor is { Text: not ("" or "0") and var text } ? Parse(text) : 1;
        return decimal.Ceiling(value / divisor).ToString("0", CultureInfo.InvariantCulture);
    }

    internal static decimal Parse(string text)
    {
        foreach ((string suffix, decimal factor) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return decimal.Parse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
            }
        }

        return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Without a limit a container may have the whole node; without a request it asks for nothing.</summary>
    private static decimal Default(string kind, string resource) => (kind, resource) switch
    {
        ("limits", "cpu") => Environment.ProcessorCount,
        ("limits", "memory") => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        _ => 0,
    };
}
