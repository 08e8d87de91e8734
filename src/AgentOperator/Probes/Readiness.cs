using AgentOperator.Controllers.Caching;

namespace AgentOperator.Probes;

/// <summary>Ready is whoever follows every kind, leader or not: a standby that could take over at once is ready too.</summary>
internal sealed class Readiness(IEnumerable<IReflector> reflectors)
{
    private const string NotYet = "has not been listed yet";

    private readonly IReflector[] _reflectors = [.. reflectors];

    public ReadinessReport Report() => new(
    [
        .. _reflectors.Select(static reflector => ($"cache", reflector.Synced.IsCompletedSuccessfully ? null : NotYet)),
    ]);
}
