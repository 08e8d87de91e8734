namespace AgentOperator.Manifests.Access;

/// <summary>One rule of a role.</summary>
/// <param name="Group">API group, empty for the core group.</param>
/// <param name="Resource">Plural, with its subresource where the rule is on that: <c>workflows/status</c>.</param>
/// <param name="Verbs">What may be done, in alphabetical order.</param>
internal sealed record AccessRule(string Group, string Resource, IReadOnlyList<string> Verbs)
{
    /// <summary>True for a rule of the operator's own namespace.</summary>
    public bool InOwnNamespace { get; init; }
}
