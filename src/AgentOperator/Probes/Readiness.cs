using AgentOperator.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.LeaderElection;

namespace AgentOperator.Probes;

/// <summary>Ready is whoever follows every kind and reaches the Leases, leader or not: a standby that could take over at once is ready too.</summary>
internal sealed class Readiness(IEnumerable<IReflector> reflectors, ChannelState channel, IElector? elector = null)
{
    private const string NotYet = "has not been listed yet";

    private readonly IReflector[] _reflectors = [.. reflectors];

    public ReadinessReport Report() => new(
    [
        .. _reflectors.Select(static reflector => ($"cache/{reflector.Description}", reflector.Problem ?? (reflector.Synced.IsCompletedSuccessfully ? null : NotYet))),
        ("channel", channel.Problem),
        .. elector is null ? Array.Empty<(string, string?)>() : [(elector.Part, elector.Problem)],
    ]);
}
