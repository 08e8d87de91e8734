using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>The finalizers by which the API server passes a propagation policy on.</summary>
internal static class Finalizers
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    public static bool Has(this MetadataObject item, string finalizer) => item.Metadata.Finalizers?.Contains(finalizer, StringComparer.Ordinal) == true;

    /// <summary>The object goes when its dependents have gone.</summary>
    public static bool WaitsForDependents(this MetadataObject item) => item.IsTerminating() && item.Has(Foreground);

    /// <summary>The object goes when its dependents are its no longer.</summary>
    public static bool Orphans(this MetadataObject item) => item.IsTerminating() && item.Has(Orphan);
}
