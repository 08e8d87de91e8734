namespace AgentOperator.AgentRuntime.Tools;

/// <summary>All tools at one moment.</summary>
internal sealed class ToolSet(IReadOnlyList<ToolDefinition> tools)
{
    private readonly Dictionary<string, ToolDefinition> _byName = tools.ToDictionary(static tool => tool.Name, StringComparer.Ordinal);

    public static ToolSet Empty { get; } = new([]);

    public IReadOnlyList<ToolDefinition> Tools { get; } = tools;

    public ToolDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
