namespace AgentOperator.Controllers.Tests.Fixtures;

/// <summary>Takes the jitter out of delays.</summary>
internal sealed class LowRandom : Random
{
    public override double NextDouble() => 0;
}
