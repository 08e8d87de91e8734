namespace AgentOperator.Local.Dapr.Components;

/// <summary>A Component whose settings have been read.</summary>
internal sealed record LoadedComponent(string Name, string Type, string Version, IReadOnlyDictionary<string, string> Settings)
{
    public string? Setting(string name) => Settings.GetValueOrDefault(name);
}
