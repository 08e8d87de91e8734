using System.IO.Enumeration;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Approvals.Floors;

/// <summary>Steps by what they are and do; <c>*</c> stands for any text. A step is meant when one of the lists fits: an account is the best handle, since a step without it cannot do what the account may.</summary>
internal sealed record FloorScope
{
    /// <summary>Names of steps.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>Service accounts that containers run as.</summary>
    public IReadOnlyList<string>? ServiceAccounts { get; init; }

    /// <summary>Images of containers.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>Agents that are asked.</summary>
    public IReadOnlyList<string>? Agents { get; init; }

    public bool IsEmpty => Steps is null or [] && ServiceAccounts is null or [] && Images is null or [] && Agents is null or [];

    /// <summary>True for a step that is meant. Undoing it counts as doing it.</summary>
    public bool Covers(WorkflowStep step) =>
        step is { Approval: null, Wait: null }
        && (Fits(Steps, step.Name)
            || Covers(step.Container)
            || Covers(step.Compensate?.Container)
            || Covers(step.Agent)
            || Covers(step.Compensate?.Agent)
            || step.Consensus?.Agents?.Any(voter => Fits(Agents, voter.Name)) == true);

    /// <summary>Whom capabilities will choose is not known yet: it may be one that is meant.</summary>
    private bool Covers(AgentStep? agent) => agent is not null && (agent.Name is { } name ? Fits(Agents, name) : Agents is { Count: > 0 });

    private bool Covers(ContainerStep? container) => container is not null && (Fits(ServiceAccounts, container.ServiceAccountName ?? "default") || Fits(Images, container.Image));

    private static bool Fits(IReadOnlyList<string>? patterns, string? text) => text is not null && patterns?.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)) == true;
}
