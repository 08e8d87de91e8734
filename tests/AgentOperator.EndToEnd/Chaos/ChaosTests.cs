using System.Globalization;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Everything that may happen to an operator, at once, and workflows of every shape: nothing is lost, nothing runs twice, nothing hangs. What ran is counted by the steps themselves.
/// CHAOS_WORKFLOWS and CHAOS_SEED set how many and which (make chaos: over a thousand).</summary>
[Trait("Cluster", "local")]
[Collection(typeof(Alone))]
public sealed class ChaosTests
{
    private const int Few = 84;
    private const int Seed = 20260501;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_happens_every_step_runs_once_and_every_workflow_ends_as_it_must(bool isShared)
    {
        bool isLarge = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_WORKFLOWS"), CultureInfo.InvariantCulture, out int count);
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Seed;
        ChaosRun run = new(isLarge ? count : Few, seed, isLarge ? TimeSpan.FromHours(1) : Limits.LongPatience)
        {
            IsShared = isShared,
            Report = new ChaosReport(static line => TestContext.Current.TestOutputHelper?.WriteLine(line), isLarge ? Repository.PathTo("artifacts", isShared ? "chaos-sharding.json" : "chaos.json") : null),
        };

        Verdict verdict = await run.RunAsync(TestContext.Current.CancellationToken);

        verdict.Lost.ShouldBeEmpty();
        verdict.Duplicated.ShouldBeEmpty();
        verdict.Stuck.ShouldBeEmpty();
    }
}
