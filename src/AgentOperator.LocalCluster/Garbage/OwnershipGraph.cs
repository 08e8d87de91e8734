namespace AgentOperator.Local.Garbage;

/// <summary>Who owns whom, by uid.</summary>
internal sealed class OwnershipGraph
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _dependents = new(StringComparer.Ordinal);

    public GraphNode? Find(string uid)
    {
        lock (_gate)
        {
            return _nodes.GetValueOrDefault(uid);
        }
    }

    public IReadOnlyList<GraphNode> DependentsOf(string uid)
    {
        lock (_gate)
        {
            return _dependents.TryGetValue(uid, out HashSet<string>? found) ? [.. found.Select(dependent => _nodes[dependent])] : [];
        }
    }

    public void Set(GraphNode node)
    {
        lock (_gate)
        {
            Unlink(node.Uid);
            _nodes[node.Uid] = node;
            foreach (string owner in OwnersOf(node))
            {
                if (!_dependents.TryGetValue(owner, out HashSet<string>? dependents))
                {
                    _dependents[owner] = dependents = new HashSet<string>(StringComparer.Ordinal);
                }

                dependents.Add(node.Uid);
            }
        }
    }

    public void Remove(string uid)
    {
        lock (_gate)
        {
            Unlink(uid);
            _nodes.Remove(uid);
        }
    }

    private static IEnumerable<string> OwnersOf(GraphNode node) => node.Item.Metadata.OwnerReferences?.Select(static owner => owner.Uid) ?? [];

    private void Unlink(string uid)
    {
        if (!_nodes.TryGetValue(uid, out GraphNode? node))
        {
            return;
        }

        foreach (string owner in OwnersOf(node))
        {
            if (_dependents.TryGetValue(owner, out HashSet<string>? dependents) && dependents.Remove(uid) && dependents.Count == 0)
            {
                _dependents.Remove(owner);
            }
        }
    }
}
