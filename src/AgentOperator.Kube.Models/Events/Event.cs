using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Models.Events;

/// <summary>events.k8s.io/v1 Event.</summary>
public sealed record Event : KubernetesObject<Event>, IKubernetesObject<Event>
{
    public static ResourceDefinition Resource { get; } = new("events.k8s.io", "v1", "events", "Event");

    public static JsonTypeInfo<Event> JsonTypeInfo => KubeJsonContext.Default.Event;

    public MicroTime? EventTime { get; init; }

    public EventSeries? Series { get; init; }

    public string? ReportingController { get; init; }

    public string? ReportingInstance { get; init; }

    /// <summary>What was done, PascalCase.</summary>
    public string? Action { get; init; }

    /// <summary>Why it was done, PascalCase.</summary>
    public string? Reason { get; init; }

    public ObjectReference? Regarding { get; init; }

    public ObjectReference? Related { get; init; }

    /// <summary>Text for a person, at most 1024 bytes.</summary>
    public string? Note { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; init; }
}
