namespace AgentOperator.Kube.Models;

/// <summary>Questions asked of any object.</summary>
public static class ObjectMetaExtensions
{
    /// <summary>Namespace and name as one key.</summary>
    public static ObjectKey Key(this IKubernetesObject source) => new(source.Metadata.Namespace, source.Metadata.Name ?? "");

    /// <summary>The owner that manages the object, if any.</summary>
    public static OwnerReference? ControllerOwner(this IKubernetesObject source)
    {
        if (source.Metadata.OwnerReferences is { } owners)
        {
            foreach (OwnerReference owner in owners)
            {
                if (owner.Controller == true)
                {
                    return owner;
                }
            }
        }

        return null;
    }

    /// <summary>The value of a label, or null.</summary>
    public static string? Label(this IKubernetesObject source, string name) =>
        source.Metadata.Labels is { } labels && labels.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The value of an annotation, or null.</summary>
    public static string? Annotation(this IKubernetesObject source, string name) =>
        source.Metadata.Annotations is { } annotations && annotations.TryGetValue(name, out string? value) ? value : null;

    /// <summary>True once deletion was asked for; only finalizers keep the object.</summary>
    public static bool IsTerminating(this IKubernetesObject source) => source.Metadata.DeletionTimestamp is not null;
}
