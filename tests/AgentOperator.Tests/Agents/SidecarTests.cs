using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Tests.Agents;

/// <summary>Whether pods have the sidecar that they asked for.</summary>
public sealed class SidecarTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sidecar_counts_in_either_list_of_containers(bool isNative)
    {
        SidecarVerdict verdict = Check([Pod(sidecar: true, isNative: isNative)]);

        Said(verdict, AgentConditionTypes.SidecarInjected).ShouldBe("True Injected");
        verdict.Image.ShouldBe("daprd:1.18.3");
        verdict.Repair.ShouldBeNull();
    }

    [Fact]
    public void A_container_without_the_label_and_a_label_without_the_container_are_no_sidecar()
    {
        Said(Check([Pod(sidecar: true) with { Metadata = Pod(sidecar: false).Metadata }]), AgentConditionTypes.SidecarInjected).ShouldBe("False SidecarMissing");
        Said(Check([Pod(sidecar: false) with { Metadata = Pod(sidecar: true).Metadata }]), AgentConditionTypes.SidecarInjected).ShouldBe("False SidecarMissing");
    }

    [Fact]
    public void A_pod_without_its_sidecar_is_replaced_after_a_while()
    {
        AgentPod pod = Pod(sidecar: false);

        Check([pod]).Repair.ShouldBeNull();
        Check([pod]).WakeAt.ShouldBe(Given.Now.AddSeconds(10));
        Check([pod], at: 10).Repair.ShouldBe(pod);
        Check([pod], at: 10).Conditions[0].Message.ShouldContain("allowedServiceAccounts");
    }

    [Fact]
    public void Replacements_come_ever_more_rarely()
    {
        AgentStatus failing = new() { Conditions = [new Condition { Type = AgentConditionTypes.SidecarInjected, Status = "False", Reason = "SidecarMissing", LastTransitionTime = new Time(Given.Now) }] };
        double at = 0;
        List<double> deletions = [];
        for (int round = 0; round < 5; round++)
        {
            AgentPod pod = Pod(sidecar: false, created: at);
            while (Check([pod], at: at, status: failing).Repair is null)
            {
                at = (Check([pod], at: at, status: failing).WakeAt!.Value - Given.Now).TotalSeconds;
            }

            deletions.Add(at);
        }

        deletions.ShouldBe([10, 20, 40, 80, 160]);
    }

    [Theory]
    [InlineData(false, "False InjectorNotReady")]
    [InlineData(null, "False SidecarMissing")]
    public void Nothing_is_deleted_for_an_injector_that_could_not_do_better(bool? isReady, string expected)
    {
        SidecarVerdict verdict = Check([Pod(sidecar: false)], Given.Dapr with { IsInjectorReady = isReady }, at: 3600);

        verdict.Repair.ShouldBeNull();
        Said(verdict, AgentConditionTypes.SidecarInjected).ShouldBe(expected);
    }

    [Fact]
    public void Pods_that_are_going_and_pods_that_asked_for_none_are_not_looked_at()
    {
        AgentPod going = Pod(sidecar: false) with { Metadata = Pod(sidecar: false).Metadata with { DeletionTimestamp = new Time(Given.Now) } };
        AgentPod plain = Pod(sidecar: false) with { Metadata = Pod(sidecar: false).Metadata with { Annotations = null } };

        Said(Check([going, plain, Pod(sidecar: true)]), AgentConditionTypes.SidecarInjected).ShouldBe("True Injected");
        Said(Check([going]), AgentConditionTypes.SidecarInjected).ShouldBe("Unknown NoPods");
    }

    [Fact]
    public void An_old_sidecar_is_told_unless_the_spec_holds_it_there()
    {
        DaprFacts newer = Given.Dapr with { SidecarImage = "daprd:1.19.0" };

        Said(Check([Pod(sidecar: true)], newer), AgentConditionTypes.SidecarOutdated).ShouldBe("True OtherImage");
        Said(Check([Pod(sidecar: true)], newer, more: """ "dapr": {"sidecarImage": "daprd:1.18.3"} """), AgentConditionTypes.SidecarOutdated).ShouldBeNull();
        Said(Check([Pod(sidecar: true)]), AgentConditionTypes.SidecarOutdated).ShouldBeNull();
    }

    [Fact]
    public void A_sidecar_that_does_not_become_ready_is_told_after_five_minutes()
    {
        AgentPod waiting = Pod(sidecar: true) with
        {
            Status = new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "daprd", Ready = false, State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "CrashLoopBackOff" } } }] },
        };

        Check([waiting]).WakeAt.ShouldBe(Given.Now.AddMinutes(5));
        SidecarVerdict late = Check([waiting], at: 300);
        Said(late, AgentConditionTypes.SidecarReady).ShouldBe("False SidecarNotReady");
        late.Conditions.Single(static condition => condition.Type == AgentConditionTypes.SidecarReady).Message.ShouldContain("CrashLoopBackOff");
    }

    [Fact]
    public void Components_that_a_ready_sidecar_runs_without_are_named()
    {
        const string Two = """ "dapr": {"components": [{"name": "memory", "type": "state.redis"}, {"name": "bus", "type": "pubsub.redis"}]} """;
        IReadOnlyList<string> loaded = SidecarMetadataReader.Names("""{"id":"reviewer","components":[{"name":"memory","type":"state.redis"},{"name":"kubernetes","type":"secretstores.kubernetes"}]}"""u8);

        ConditionState missing = SidecarCheck.Components(Given.Agent(Two), loaded)!.Value;

        (missing.Status, missing.Reason).ShouldBe(("False", "ComponentMissing"));
        missing.Message.ShouldStartWith("the sidecar runs without bus:");
        SidecarCheck.Components(Given.Agent(Two), ["memory", "bus"])!.Value.Status.ShouldBe("True");
        SidecarCheck.Components(Given.Agent(Two), null).ShouldBeNull();
        SidecarCheck.Components(Given.Agent(), loaded).ShouldBeNull();
    }

    [Fact]
    public void What_a_sidecar_said_stays_while_none_can_be_asked()
    {
        AgentStatus before = new() { Conditions = [new Condition { Type = AgentConditionTypes.ComponentsLoaded, Status = "False", Reason = "ComponentMissing", Message = "without bus" }] };

        SidecarCheck.Components(Given.Agent(""" "dapr": {"components": [{"name": "bus", "type": "pubsub.redis"}]} """, before), null)!.Value.Message.ShouldBe("without bus");
    }

    private static SidecarVerdict Check(IReadOnlyList<AgentPod> pods, DaprFacts? facts = null, double at = 0, AgentStatus? status = null, string more = "") =>
        SidecarCheck.Of(Given.Agent(more, status), pods, facts ?? Given.Dapr, Given.Now.AddSeconds(at));

    private static string? Said(SidecarVerdict verdict, string type)
    {
        ConditionState[] found = [.. verdict.Conditions.Where(condition => condition.Type == type)];
        return found is [var only] ? $"{only.Status} {only.Reason}" : null;
    }

    private static AgentPod Pod(bool sidecar, bool isNative = false, double created = 0)
    {
        AgentPodContainer[] daprd = [new AgentPodContainer { Name = "daprd", Image = "daprd:1.18.3" }];
        AgentPodContainer[] agent = [new AgentPodContainer { Name = "agent", Image = "a" }];
        return new AgentPod
        {
            Metadata = new ObjectMeta
            {
                Name = "reviewer-1",
                Namespace = "team",
                CreationTimestamp = new Time(Given.Now.AddSeconds(created)),
                Annotations = new Dictionary<string, string> { ["dapr.io/enabled"] = "true" },
                Labels = sidecar ? new Dictionary<string, string> { [SidecarCheck.InjectedLabel] = "true" } : null,
            },
            Spec = new AgentPodSpec { InitContainers = sidecar && isNative ? daprd : [], Containers = sidecar && !isNative ? [.. agent, .. daprd] : agent },
        };
    }
}
