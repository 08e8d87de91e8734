namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>A clock that runs at a speed of its own.</summary>
internal sealed class DriftingClock(double rate) : TimeProvider
{
    private double _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan real) => _elapsed += real.Ticks * rate;

    public override long GetTimestamp() => (long)_elapsed;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(GetTimestamp());
}
