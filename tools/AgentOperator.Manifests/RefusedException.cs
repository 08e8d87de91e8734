namespace AgentOperator.Manifests;

/// <summary>The code says something that generated files cannot or must not say. The message has one line per fault.</summary>
internal sealed class RefusedException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
