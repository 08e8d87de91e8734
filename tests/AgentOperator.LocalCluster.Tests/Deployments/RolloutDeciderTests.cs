using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Deployments;

namespace AgentOperator.Local.Tests.Deployments;

public sealed class RolloutDeciderTests
{
    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(3, "0%", "0%", 0, 1)]
    public void Shares_are_rounded_up_for_surge_and_down_for_loss(int desired, string surge, string unavailable, int moreBy, int fewerBy)
    {
        RolloutLimits limits = RolloutLimits.Of(Spec(desired, surge, unavailable));
        (limits.Surge, limits.Unavailable).ShouldBe((moreBy, fewerBy));
    }

    [Theory]
    [InlineData(1, 0, 4)]
    [InlineData(0, 1, 4)]
    [InlineData(3, 2, 10)]
    [InlineData(1, 1, 1)]
    public void A_rollout_ends_and_stays_within_its_limits(int surge, int unavailable, int desired)
    {
        RolloutLimits limits = new(desired, surge, unavailable);
        RolloutSet current = new("new", 0, 0, 0, 0);
        RolloutSet old = new("old", desired, desired, desired, desired);
        for (int step = 0; step < 200; step++)
        {
            IReadOnlyDictionary<string, int> wanted = RolloutDecider.Decide(limits, isRecreate: false, current, [old]);
            current = current with { Wanted = wanted.GetValueOrDefault("new", current.Wanted) };
            old = old with { Wanted = wanted.GetValueOrDefault("old", old.Wanted) };
            (current.Wanted + old.Wanted).ShouldBeLessThanOrEqualTo(limits.MostTotal);
            old = old with { Existing = old.Wanted, Available = Math.Min(old.Available, old.Wanted) };
            (current.Available + old.Available).ShouldBeGreaterThanOrEqualTo(limits.LeastAvailable);

            // One pod becomes available at a time.
            current = current with { Existing = current.Wanted, Available = Math.Min(current.Wanted, current.Available + 1) };
            if (current.Available == desired && old.Wanted == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("The rollout does not end.");
    }

    [Fact]
    public void Recreate_starts_nothing_before_the_old_pods_are_gone()
    {
        RolloutLimits limits = new(3, 0, 3);
        RolloutDecider.Decide(limits, isRecreate: true, new("new", 0, 0, 0, 0), [new("old", 3, 3, 3, 3)]).ShouldBe(new Dictionary<string, int> { ["old"] = 0 });
        RolloutDecider.Decide(limits, isRecreate: true, new("new", 0, 0, 0, 0), [new("old", 0, 1, 0, 0)]).ShouldBeEmpty();
        RolloutDecider.Decide(limits, isRecreate: true, new("new", 0, 0, 0, 0), [new("old", 0, 0, 0, 0)]).ShouldBe(new Dictionary<string, int> { ["new"] = 3 });
    }

    [Fact]
    public void A_paused_rollout_stands_still_but_for_the_number_of_pods()
    {
        RolloutLimits limits = new(5, 1, 1);
        RolloutDecider.WhilePaused(limits, new("new", 2, 2, 2, 2), [new("old", 2, 2, 2, 2)]).ShouldBeEmpty();
        RolloutDecider.WhilePaused(limits, null, [new("older", 0, 0, 0, 0), new("old", 3, 3, 3, 3)]).ShouldBe(new Dictionary<string, int> { ["old"] = 5 });
        RolloutDecider.WhilePaused(limits, new("new", 0, 0, 0, 0), [new("old", 0, 0, 0, 0)]).ShouldBe(new Dictionary<string, int> { ["new"] = 5 });
        RolloutDecider.WhilePaused(limits, null, []).ShouldBeEmpty();
    }

    private static DeploymentSpec Spec(int desired, string surge, string unavailable) => new()
    {
        Replicas = desired,
        Template = new PodTemplateSpec { Spec = new PodSpec() },
        Strategy = new DeploymentStrategy { RollingUpdate = new RollingUpdateDeployment { MaxSurge = surge, MaxUnavailable = unavailable } },
    };
}
