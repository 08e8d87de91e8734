namespace AgentOperator.Local.Garbage;

/// <summary>A kind whose objects own others.</summary>
internal interface IOwnerKind
{
    string ApiGroup { get; }

    string Kind { get; }

    /// <summary>Calls back with the uid of each deleted owner.</summary>
    void OnDeleted(Action<string> deleted);

    /// <summary>True while the very object exists, asking the API server when the cache does not have it.</summary>
    Task<bool> ExistsAsync(string? ns, string name, string uid, CancellationToken cancellation);
}
