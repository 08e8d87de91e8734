using AgentOperator.Agents.Building;
using AgentOperator.Api;
using AgentOperator.Kube.Models.Autoscaling;

namespace AgentOperator.Tests.Agents;

public sealed class AgentScalingTests
{
    private const string Scaling = """ "scaling": {"min": 2, "max": 5, "target": {"inFlight": 10}} """;

    [Theory]
    [InlineData("", 1)]
    [InlineData(""" "replicas": 0 """, 0)]
    [InlineData(""" "replicas": 3 """, 3)]
    public void Replicas_are_what_the_spec_says(string more, int replicas) => Given.Children(Given.Agent(more)).Deployment.Spec!.Replicas.ShouldBe(replicas);

    [Fact]
    public void An_autoscaled_deployment_begins_with_the_minimum()
    {
        AgentChildren children = Given.Children(Given.Agent(Scaling));

        (children.Deployment.Spec!.Replicas, children.HandOver).ShouldBe((2, null));
    }

    [Fact]
    public void What_an_autoscaler_takes_over_is_handed_on_with_its_value_and_then_left_alone()
    {
        AgentChildren taking = Given.Children(Given.Agent(Scaling), Given.Complete with { Deployment = Given.Deployment(4, 4, 4) });
        (taking.HandOver, taking.Deployment.Spec!.Replicas).ShouldBe((4, null));
        taking.Deployment.Metadata.Annotations!.Keys.ShouldContain(Labels.Autoscaled);

        AgentChildren after = Given.Children(Given.Agent(Scaling), Given.Complete with { Deployment = Given.Deployment(5, 5, 5, Labels.Autoscaled) });
        (after.HandOver, after.Deployment.Spec!.Replicas).ShouldBe((null, null));
    }

    [Fact]
    public void Without_scaling_there_is_no_autoscaler_and_the_field_is_ours_again()
    {
        AgentChildren children = Given.Children(Given.Agent(""" "replicas": 2 """), Given.Complete with { Deployment = Given.Deployment(5, 5, 5, Labels.Autoscaled) });

        children.Autoscaler.ShouldBeNull();
        children.Deployment.Spec!.Replicas.ShouldBe(2);
        children.Deployment.Metadata.Annotations.ShouldBeNull();
    }

    [Fact]
    public void Calls_in_flight_are_the_target_where_custom_metrics_are_and_CPU_elsewhere()
    {
        HorizontalPodAutoscalerSpec with = Given.Children(Given.Agent(Scaling), Given.Complete with { HasCustomMetrics = true }).Autoscaler!.Spec!;
        (with.MinReplicas, with.MaxReplicas, with.ScaleTargetRef.Kind).ShouldBe((2, 5, "Deployment"));
        with.Metrics!.Single().Pods!.Metric.Name.ShouldBe("agent_in_flight_calls");
        with.Metrics!.Single().Pods!.Target.AverageValue!.Value.Text.ShouldBe("10");

        MetricSpec without = Given.Children(Given.Agent(Scaling)).Autoscaler!.Spec!.Metrics!.Single();
        (without.Resource!.Name, without.Resource.Target.AverageUtilization).ShouldBe(("cpu", 80));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""" "replicas": 2 """, true)]
    [InlineData(""" "scaling": {"min": 1, "max": 2} """, true)]
    [InlineData(""" "scaling": {"min": 1, "max": 1} """, false)]
    public void A_disruption_budget_is_there_when_more_than_one_pod_may_be(string more, bool expected) =>
        (Given.Children(Given.Agent(more)).Disruption?.Spec!.MaxUnavailable!.Value.Number == 1).ShouldBe(expected);
}
