using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Tests.Workflows.Triggers;

/// <summary>Anybody may name an owner: only what has the operator's label, too, is believed.</summary>
public sealed class OwnByLabelTests
{
    private static readonly Workflow Definition = new() { Metadata = new ObjectMeta { Name = "d", Namespace = "n", Uid = "0d6f" }, Spec = new WorkflowSpec { Steps = [] } };

    [Fact]
    public void An_event_that_the_operator_kept_is_its_own() => Event(Labels.Parent, Definition).IsMadeFor(Definition).ShouldBeTrue();

    [Fact]
    public void An_event_that_only_names_its_owner_is_not() => Event("app", Definition).IsMadeFor(Definition).ShouldBeFalse();

    [Fact]
    public void Nor_is_one_of_a_definition_of_the_same_name() =>
        Event(Labels.Parent, Definition with { Metadata = Definition.Metadata with { Uid = "other" } }).IsMadeFor(Definition).ShouldBeFalse();

    [Fact]
    public void Nor_is_nothing() => ((EventDelivery?)null).IsMadeFor(Definition).ShouldBeFalse();

    private static EventDelivery Event(string label, Workflow owner) => new()
    {
        Metadata = new ObjectMeta { Name = "e", Namespace = "n", Labels = new Dictionary<string, string> { [label] = "d" }, OwnerReferences = [Owners.Controlling(owner, "n")] },
    };
}
