using System.Text.Json;
using AgentOperator.Agents.Deciding;
using AgentOperator.Agents.Observing;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.PromptTemplates.Deciding;
using AgentOperator.PromptTemplates.Revisions;
using AgentOperator.Tests.Agents;
using AgentOperator.Tests.Approvals;
using AgentOperator.Tests.PromptTemplates;
using AgentOperator.Tests.Workflows;

namespace AgentOperator.Tests.ArgoCd;

/// <summary>What Argo CD shows of statuses that the operator writes.</summary>
public sealed class HealthTests
{
    private static readonly WorkflowStep Gate = new() { Name = "ask", Approval = new ApprovalStep { Approvers = new Approvers { Users = ["alice"] }, AllowSelf = true } };

    [Fact]
    public async Task A_workflow_that_nobody_looked_at_is_progressing() =>
        (await OfAsync(new Life(Life.Step("a")).Workflow)).ShouldBe(("Progressing", "the operator has not looked at it yet"));

    [Fact]
    public async Task A_run_is_progressing_and_then_healthy_or_degraded()
    {
        (await OfAsync(new Life(Life.Step("a")).Turn().Workflow)).ShouldBe(("Progressing", "the run is under way"));
        (await OfAsync(new Life(Life.Step("a")).Turn().Succeed("a").Workflow)).Status.ShouldBe("Healthy");
        (await OfAsync(new Life(Life.Step("a")).Turn().Fail("a").Workflow)).Status.ShouldBe("Degraded");
    }

    [Fact]
    public async Task A_run_that_waits_for_people_is_suspended_even_when_the_spec_has_changed_since()
    {
        Workflow waiting = new Life(Gate).Turn().Workflow;

        (string status, string message) = await OfAsync(waiting);

        (status, message).ShouldBe(("Suspended", "ask 0/1: missing: 1 more of 1 approvals by alice"));
        (await OfAsync(waiting with { Metadata = waiting.Metadata with { Generation = 2 } })).Status.ShouldBe("Suspended");
    }

    [Fact]
    public async Task A_run_that_is_told_to_pause_is_suspended() =>
        (await OfAsync(new Life(new WorkflowSpec { Suspend = true, Steps = [Life.Step("a")] }).Turn().Workflow)).Status.ShouldBe("Suspended");

    [Fact]
    public async Task A_spec_that_cannot_be_run_is_degraded() =>
        (await OfAsync(new Life(Life.Step("a", "nobody")).Turn().Workflow)).Status.ShouldBe("Degraded");

    [Fact]
    public async Task What_an_older_spec_was_says_nothing_of_the_newest()
    {
        Workflow done = new Life(Life.Step("a")).Turn().Succeed("a").Workflow;

        (await OfAsync(done with { Metadata = done.Metadata with { Generation = 2 } })).ShouldBe(("Progressing", "the operator has not looked at the newest spec yet"));
    }

    [Fact]
    public async Task An_agent_is_healthy_once_its_pods_are_available()
    {
        (await OfAsync(Given.Complete with { Deployment = Given.Deployment(2, 2, 2, all: 2) })).ShouldBe(("Healthy", "2 of 2 pods are available"));
        (await OfAsync(Given.Complete with { Deployment = Given.Deployment(2, 1, 1, all: 2) })).Status.ShouldBe("Progressing");
        (await OfAsync(Given.Complete, new ChildOutcome { IsChanged = true })).Status.ShouldBe("Progressing");
        (await OfAsync(new AgentObservation())).Status.ShouldBe("Degraded", "the Secret is not there");
    }

    [Fact]
    public async Task A_prompt_is_healthy_unless_its_newest_revision_is_bad()
    {
        (await OfAsync(Prompts.Template("one"))).ShouldBe(("Healthy", "revision 1 is stable"));
        (await OfAsync(Prompts.Template("Hello {{nobody}}"))).Status.ShouldBe("Degraded");
    }

    [Fact]
    public async Task A_decision_is_healthy() =>
        (await HealthScript.RunAsync("Approval", JsonSerializer.SerializeToElement(Gates.By("alice", Gates.Subject), ApiJsonContext.Default.Approval))).ShouldBe(("Healthy", "Approve by alice"));

    private static Task<(string Status, string Message)> OfAsync(Workflow workflow) => HealthScript.RunAsync("Workflow", JsonSerializer.SerializeToElement(workflow, ApiJsonContext.Default.Workflow));

    private static Task<(string Status, string Message)> OfAsync(AgentObservation seen, ChildOutcome? children = null)
    {
        Agent agent = Given.Agent();
        return HealthScript.RunAsync("Agent", JsonSerializer.SerializeToElement(agent with { Status = Given.Status(agent, seen, children) }, ApiJsonContext.Default.Agent));
    }

    private static Task<(string Status, string Message)> OfAsync(PromptTemplate template)
    {
        PromptTemplateStatus status = PromptDecider.Decide(template, [], PromptUse.None, Gates.Start).Status;
        return HealthScript.RunAsync("PromptTemplate", JsonSerializer.SerializeToElement(template with { Status = status }, ApiJsonContext.Default.PromptTemplate));
    }
}
