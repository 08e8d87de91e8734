using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>Which topics an app may publish to and subscribe to, by its Component's settings.</summary>
internal sealed class TopicScopes(LoadedComponent component, string appId)
{
    private readonly HashSet<string> _allowed = Topics(component.Setting("allowedTopics"));
    private readonly HashSet<string> _protected = Topics(component.Setting("protectedTopics"));

    public bool MayPublish(string topic) => May(topic, component.Setting("publishingScopes"));

    public bool MaySubscribe(string topic) => May(topic, component.Setting("subscriptionScopes"));

    /// <summary>An app that a scope names may have its topics only; protected ones need to be named.</summary>
    private bool May(string topic, string? scopes)
    {
        if (_allowed.Count > 0 && !_allowed.Contains(topic))
        {
            return false;
        }

        return Scope(scopes) is { } mine ? mine.Contains(topic) : !_protected.Contains(topic);
    }

    private HashSet<string>? Scope(string? scopes)
    {
        foreach (string entry in (scopes ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = entry.Split('=', 2);
            if (parts[0].Trim() == appId)
            {
                return Topics(parts.Length > 1 ? parts[1] : "");
            }
        }

        return null;
    }

    private static HashSet<string> Topics(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
}
