using AgentOperator.Kube.Models.ApiExtensions;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Garbage;
using AgentOperator.Local.Namespaces;

namespace AgentOperator.Local.Parts;

/// <summary>Garbage collection and the end of namespaces.</summary>
internal static class GarbagePart
{
    public static void Add(WorkloadParts parts)
    {
        KindWatches kinds = new(parts.Raw, parts.Store<CustomResourceDefinition>(), parts.Time, parts.Options.LoggerFactory);
        GarbageCollector collector = new(new GarbageWriter(parts.Raw), kinds.Find, parts.Time, parts.Logger<GarbageCollector>());
        parts.Own(kinds);
        parts.Own(collector);
        parts.Run(cancellation => kinds.RunAsync(collector.Changed, cancellation));
        parts.Run(collector.RunAsync);
        parts.Control(new NamespaceReconciler(parts.Client, new NamespaceContent(parts.Raw), parts.Store<Namespace>(), parts.Store<ConfigMap>(), parts.Connection.CertificateAuthorityPem!));
    }
}
