using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.State;

/// <summary>The key under which an app's key is stored: who shares it is said by <c>keyPrefix</c>.</summary>
internal sealed class StateKeys(LoadedComponent store, string appId, string ns)
{
    private const string Separator = "||";

    private readonly string _prefix = store.Setting("keyPrefix") switch
    {
        null or "" or "appid" => appId + Separator,
        "namespace" => $"{ns}.{appId}{Separator}",
        "name" => store.Name + Separator,
        "none" => "",
        { } literal => literal + Separator,
    };

    /// <exception cref="DaprApiException">The key holds the separator.</exception>
    public string Of(string key) => key.Contains(Separator, StringComparison.Ordinal) ? throw StateErrors.IllegalKey(store.Name, key) : _prefix + key;
}
