using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>What all servers offer now. Written by the keeper, read by calls.</summary>
internal sealed class Toolbox : IToolbox
{
    private const int MaxNames = 100;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, FoundTools> _byServer = new(StringComparer.Ordinal);
    private volatile ToolSet _current = ToolSet.Empty;

    /// <summary>Called when what is offered, or what is wrong, changed.</summary>
    public Action? Changed { get; set; }

    public ToolSet Current => _current;

    /// <summary>True once every server was tried.</summary>
    public bool IsTried { get; private set; }

    public void SetTried() => IsTried = true;

    public void Set(string server, FoundTools found)
    {
        lock (_gate)
        {
            if (_byServer.TryGetValue(server, out FoundTools? before) && before.Problem == found.Problem && IsSame(before.Tools, found.Tools))
            {
                return;
            }

            _byServer[server] = found;
            _current = new ToolSet(ToolNames.Unique(_byServer.Values.SelectMany(static one => one.Tools)));
        }

        Changed?.Invoke();
    }

    public IReadOnlyList<DiscoveredTools> Report()
    {
        lock (_gate)
        {
            return [.. _byServer.Select(static server => new DiscoveredTools
            {
                Server = server.Key,
                Names = [.. server.Value.Tools.Take(MaxNames).Select(static tool => tool.ServerName)],
                Problem = server.Value.Problem,
            })];
        }
    }

    private static bool IsSame(IReadOnlyList<ToolDefinition> one, IReadOnlyList<ToolDefinition> other) =>
        one.Count == other.Count && one.Zip(other).All(static pair =>
            pair.First.ServerName == pair.Second.ServerName && pair.First.Description == pair.Second.Description && pair.First.InputSchema.GetRawText() == pair.Second.InputSchema.GetRawText());
}
