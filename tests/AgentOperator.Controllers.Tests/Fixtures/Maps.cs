using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Fixtures;

/// <summary>Objects, lists and events of the kind that the tests work with.</summary>
internal static class Maps
{
    public static ConfigMap Map(string name, string version, string? uid = null, string? owner = null, string ns = "ns") => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = ns,
            Uid = uid ?? $"u-{name}",
            ResourceVersion = version,
            Labels = owner is null ? null : new Dictionary<string, string> { ["owner"] = owner },
        },
    };

    public static ObjectKey Key(string name) => new("ns", name);

    public static UnreadableObject Unreadable(string name, string version, string? uid = null) => new(Map(name, version, uid).Metadata, "does not fit");

    public static KubeList<ConfigMap> List(string version, params ConfigMap[] items) => new(new ListMeta { ResourceVersion = version }, items, []);

    public static WatchEvent<ConfigMap> Added(ConfigMap item) => new(WatchEventType.Added, item, item.Metadata.ResourceVersion);

    public static WatchEvent<ConfigMap> Modified(ConfigMap item) => new(WatchEventType.Modified, item, item.Metadata.ResourceVersion);

    public static WatchEvent<ConfigMap> Deleted(ConfigMap item) => new(WatchEventType.Deleted, item, item.Metadata.ResourceVersion);

    public static WatchEvent<ConfigMap> DeletedUnreadable(UnreadableObject item) => new(WatchEventType.Deleted, null, item.Metadata.ResourceVersion, Unreadable: item);

    public static WatchEvent<ConfigMap> Broken(UnreadableObject item) => new(WatchEventType.Unreadable, null, item.Metadata.ResourceVersion, Unreadable: item);

    public static WatchEvent<ConfigMap> Bookmark(string version) => new(WatchEventType.Bookmark, null, version);

    public static WatchEvent<ConfigMap> Error(int? code, string? reason = null, string message = "from the script") =>
        new(WatchEventType.Error, null, null, new Status { Code = code, Reason = reason, Message = message });

    public static KubeApiException Refusal(int code, string reason) => new(new Status { Code = code, Reason = reason, Message = "from the script" });
}
