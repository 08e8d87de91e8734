using System.Text.Json;
using AgentOperator.Agents.Deciding;
using AgentOperator.Agents.Observing;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Agents;

public sealed class AgentStatusTests
{
    [Fact]
    public void The_first_status_says_that_nothing_is_known_yet()
    {
        AgentStatus status = Given.Status(Given.Agent(), children: new ChildOutcome { IsChanged = true });

        (Given.Condition(status, "Ready"), Given.Condition(status, "Reconciling")).ShouldBe(("Unknown Starting", "True Starting"));
        (status.ObservedGeneration, status.Url, status.ReadyReplicasText, status.Model).ShouldBe((3, "http://reviewer.team.svc:8080", "0/1", "claude-sonnet-4-5"));
        status.Selector.ShouldBe("app.kubernetes.io/name=agent,app.kubernetes.io/instance=reviewer");
    }

    [Theory]
    [InlineData(2, 2, 2, 2, "True Available", null)]
    [InlineData(0, 0, 0, 0, "True ScaledToZero", null)]
    [InlineData(2, 1, 2, 3, "True RollingOut", "True RollingOut")]
    [InlineData(2, 1, 1, 2, "False RollingOut", "True RollingOut")]
    public void A_rollout_is_ready_while_as_many_pods_serve_as_are_wanted(int wanted, int updated, int available, int all, string ready, string? reconciling)
    {
        AgentStatus status = Given.Status(Given.Agent(), Given.Complete with { Deployment = Given.Deployment(wanted, updated, available, all: all) });

        (Given.Condition(status, "Ready"), Given.Condition(status, "Reconciling")).ShouldBe((ready, reconciling));
    }

    [Fact]
    public void A_deployment_that_was_changed_just_now_is_not_the_past_one()
    {
        AgentStatus status = Given.Status(Given.Agent(), Given.Complete with { Deployment = Given.Deployment(1, 1, 1) }, new ChildOutcome { IsChanged = true });

        Given.Condition(status, "Reconciling").ShouldBe("True RollingOut");
    }

    [Fact]
    public void A_pod_that_does_not_start_says_why()
    {
        AgentObservation seen = Given.Complete with
        {
            Deployment = Given.Deployment(1, 1, 0),
            Pods = [Pod(new ContainerStatus { Name = "agent", State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "CrashLoopBackOff", Message = "back-off 10s" } }, LastState = new ContainerState { Terminated = new ContainerStateTerminated { Reason = "Error", ExitCode = 2, Message = "agent-runtime: skills.s.input: /type is wrong\n" } } })],
        };

        Condition ready = Given.Status(Given.Agent(), seen).Conditions!.Single(static condition => condition.Type == "Ready");

        (ready.Status, ready.Reason, ready.Message).ShouldBe(("False", "CrashLoopBackOff", "container agent of pod reviewer-1 waits: back-off 10s, it ended with Error (exit code 2): agent-runtime: skills.s.input: /type is wrong"));
    }

    [Fact]
    public void Pods_that_may_not_be_made_are_told_and_a_deadline_stalls()
    {
        Deployment deployment = Given.Deployment(1, 0, 0);
        DeploymentCondition refused = new() { Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = "violates PodSecurity restricted" };
        DeploymentCondition late = new() { Type = "Progressing", Status = "False", Reason = "ProgressDeadlineExceeded", Message = "has timed out" };

        AgentStatus first = Given.Status(Given.Agent(), Given.Complete with { Deployment = deployment with { Status = deployment.Status! with { Conditions = [refused] } } });
        (Given.Condition(first, "Ready"), Given.Condition(first, "Stalled")).ShouldBe(("False PodsRefused", null));

        AgentStatus then = Given.Status(Given.Agent(), Given.Complete with { Deployment = deployment with { Status = deployment.Status! with { Conditions = [late] } } });
        (Given.Condition(then, "Ready"), Given.Condition(then, "Stalled"), Given.Condition(then, "Reconciling")).ShouldBe(("False ProgressDeadlineExceeded", "True ProgressDeadlineExceeded", null));
    }

    [Fact]
    public void A_name_that_is_taken_needs_a_person()
    {
        AgentStatus status = Given.Status(Given.Agent(), children: ChildOutcome.Refused("NameTaken", "Service reviewer exists"));

        (Given.Condition(status, "Ready"), Given.Condition(status, "Stalled")).ShouldBe(("False NameTaken", "True NameTaken"));
    }

    [Theory]
    [InlineData(0, "False ChannelNotReady")]
    [InlineData(1, "True ChannelNotReady")]
    public void An_operator_whose_channel_does_not_open_says_so_and_looks_again_soon(int available, string expected)
    {
        ChildOutcome waiting = new() { Awaited = "the port is taken" };
        AgentDecision decision = Given.Decide(Given.Agent(), Given.Complete with { Deployment = Given.Deployment(1, 1, available) }, waiting);

        (Given.Condition(decision.Status, "Ready"), Given.Condition(decision.Status, "Reconciling")).ShouldBe((expected, "True ChannelNotReady"));
        decision.Status.Conditions!.Single(static condition => condition.Type == "Ready").Message.ShouldContain("the port is taken");
        (decision.WakeAt - Given.Now).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Prices_roll_no_pod()
    {
        using JsonDocument prices = JsonDocument.Parse("""{"currency":"USD","models":{}}""");

        var without = Given.Resolve(Given.Agent());
        var with = Given.Resolve(Given.Agent(), Given.Complete with { Prices = prices.RootElement });

        with.ConfigHash.ShouldBe(without.ConfigHash);
        with.ConfigText.ShouldNotBe(without.ConfigText);
    }

    [Fact]
    public void Nothing_new_changes_no_byte_of_the_status()
    {
        AgentObservation seen = Given.Complete with { Deployment = Given.Deployment(1, 1, 1), Dapr = Given.Dapr };
        Agent agent = Given.Agent();
        AgentStatus first = Given.Status(agent, seen);

        AgentStatus again = Given.Status(agent with { Status = first }, seen, now: Given.Now.AddHours(1));

        Text(again).ShouldBe(Text(first));
    }

    [Theory]
    [InlineData(""" "budgetRef": {"name": "team"} """, "BudgetEnforced", "False NotYetAvailable")]
    [InlineData(""" "scaling": {"min": 1, "max": 2, "target": {"inFlight": 3}} """, "ScalingMetric", "False NoCustomMetrics")]
    [InlineData(""" "memory": {"window": 5} """, "MemoryShared", "False InProcess")]
    [InlineData("", "PriceKnown", "False NoCatalogue")]
    [InlineData("", "ModelReachable", "Unknown NotAsked")]
    [InlineData("", "SidecarInjected", null)]
    public void What_does_not_hold_is_said_and_does_not_stop_the_agent(string more, string type, string? expected)
    {
        AgentStatus status = Given.Status(Given.Agent(more), Given.Complete with { Deployment = Given.Deployment(1, 1, 1) });

        Given.Condition(status, type).ShouldBe(expected);
        Given.Condition(status, "Ready").ShouldBe("True Available");
    }

    [Fact]
    public void Models_without_a_price_are_named_and_the_others_are_not()
    {
        using JsonDocument prices = JsonDocument.Parse("""{"currency":"USD","models":{"claude-*":{"inputMicrosPerMillion":3000000,"outputMicrosPerMillion":15000000}}}""");
        AgentObservation seen = Given.Complete with { Prices = prices.RootElement };
        Agent agent = Given.Agent();

        Given.Condition(Given.Status(agent, seen), "PriceKnown").ShouldBeNull();
        agent = agent with { Spec = agent.Spec with { Models = [.. agent.Spec.Models!, new AgentModel { Provider = "openaiCompatible", Name = "qwen3", BaseUrl = "http://v/v1" }] } };
        Given.Status(agent, seen).Conditions!.Single(static condition => condition.Type == "PriceKnown").Message.ShouldBe("calls of openaiCompatible/qwen3 are in no cost: add them to the price catalogue");
    }

    [Fact]
    public void A_prompt_that_does_not_fit_with_its_answer_is_said()
    {
        Agent agent = Given.Agent();
        agent = agent with { Spec = agent.Spec with { Models = [agent.Spec.Models![0] with { ContextWindow = 4096, MaxTokens = 4096 }] } };

        Given.Condition(Given.Status(agent), "PromptFits").ShouldBe("False TooManyTokens");
    }

    [Fact]
    public void Events_tell_of_what_turned_and_of_nothing_else()
    {
        AgentObservation running = Given.Complete with { Deployment = Given.Deployment(1, 1, 1) };
        AgentStatus starting = Given.Status(Given.Agent(), children: new ChildOutcome { IsChanged = true });
        AgentStatus ready = Given.Status(Given.Agent(status: starting), running);
        AgentStatus missing = Given.Status(Given.Agent(status: ready), running with { Secrets = new Dictionary<ObjectKeySelector, FoundKey>() });

        Reasons(null, starting).ShouldBe(["AgentRollout"]);
        Reasons(starting, ready).ShouldBe(["AgentReady"]);
        Reasons(ready, Given.Status(Given.Agent(status: ready), running)).ShouldBeEmpty();
        Reasons(ready, missing).ShouldBe(["ReferenceMissing", "AgentNotReady"]);
        Reasons(missing, ready).ShouldBe(["ReferencesResolved", "AgentReady"]);
    }

    private static string[] Reasons(AgentStatus? before, AgentStatus after) => [.. AgentNews.Between(before, after).Select(static news => news.Reason)];

    private static string Text(AgentStatus status) => JsonSerializer.Serialize(status, Api.ApiJsonContext.Default.AgentStatus);

    private static AgentPod Pod(ContainerStatus status) => new()
    {
        Metadata = new ObjectMeta { Name = "reviewer-1", Namespace = "team", CreationTimestamp = new Time(Given.Now) },
        Status = new PodStatus { ContainerStatuses = [status] },
    };
}
