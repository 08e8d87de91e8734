using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Controllers.Events;

/// <summary>What two occurrences must share to be one event that came again. The note counts too, unlike in client-go: another step that failed is another event.</summary>
internal readonly record struct EventKey(string? Uid, string? Namespace, string? Name, string? Kind, string? Type, string? Reason, string? Action, string? Note)
{
    public static EventKey Of(Event what) => new(what.Regarding?.Uid, what.Regarding?.Namespace, what.Regarding?.Name, what.Regarding?.Kind, what.Type, what.Reason, what.Action, what.Note);
}
