using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>An event that was accepted: a ConfigMap that is named by the event and owned by the definition. Its name is the memory: the same event is kept once, and is known for as long as the object is there.</summary>
internal sealed record EventDelivery : KubernetesObject<EventDelivery>, IKubernetesObject<EventDelivery>
{
    /// <summary>Where the event is in <see cref="Data"/>.</summary>
    public const string Key = "event";

    /// <summary>Value of the label by which these are told from other ConfigMaps.</summary>
    public const string Component = "event";

    public static ResourceDefinition Resource => ConfigMap.Resource;

    public static JsonTypeInfo<EventDelivery> JsonTypeInfo => OperatorJsonContext.Default.EventDelivery;

    /// <summary>The event as JSON; nothing once it was decided on.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>True once it was decided what becomes of the event.</summary>
    public bool IsHandled => this.Annotation(Labels.Outcome) is not null;

    public string? Trigger => this.Label(Labels.Trigger);

    public string? EventId => this.Annotation(Labels.Event);
}
