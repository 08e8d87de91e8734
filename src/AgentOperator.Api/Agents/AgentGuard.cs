using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What is checked on the way in and out. The checks are patterns: docs/agents.md says what they catch and what they miss.</summary>
public sealed record AgentGuard
{
    /// <summary>What is replaced by its name, <c>&lt;EMAIL_ADDRESS&gt;</c>, before a model or a caller sees it.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    [OneOf(RedactedEntities.EmailAddress, RedactedEntities.CreditCard, RedactedEntities.PhoneNumber, RedactedEntities.IpAddress, RedactedEntities.IbanCode)]
    public IReadOnlyList<string>? Redact { get; init; }

    /// <summary>What happens to input, and to results of tools, that give orders to the model; Flag if absent.</summary>
    [OneOf(InjectionActions.Off, InjectionActions.Flag, InjectionActions.Block)]
    public string? Injection { get; init; }

    /// <summary>Most bytes of an input; 65536 if absent.</summary>
    [Bounds(1, 10485760)]
    public int? MaxInputBytes { get; init; }
}
