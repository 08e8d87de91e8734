using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Items;

public sealed class SeenItemTests
{
    [Fact]
    public void An_item_that_has_run_for_a_while_is_not_run_again_when_its_Job_is_deleted_while_nobody_looks()
    {
        Life life = new Life(Life.Step("each") with { ForEach = new ForEach { Items = "[1, 2]" } }).Turn();
        string job = life.Decision.Starts[0].Job;
        life.SeeJob(job, new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = life.Now } });
        life["each"].Items!.Started.ShouldBeNull("a short item is worth no write");
        life.After(TimeSpan.FromSeconds(2));
        life["each"].Items!.Started.ShouldBe("0,1");

        life.SeeJob(job, null);

        life.Decision.Starts.Select(static start => start.Job).ShouldNotContain(job);
        life["each"].Items!.Failed.ShouldBe("0");
    }
}
