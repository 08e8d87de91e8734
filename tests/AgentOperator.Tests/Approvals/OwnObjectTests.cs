using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Approvals;

/// <summary>Who may create ConfigMaps and Jobs may name any owner in them, but not use the operator's labels.</summary>
public sealed class OwnObjectTests
{
    private static readonly ConfigMap Forged = new()
    {
        Metadata = new ObjectMeta { Name = "w-build-1-result", OwnerReferences = [new OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = "w-build-1", Uid = "u1", Controller = true }] },
    };

    [Fact]
    public void An_object_that_only_names_the_owner_is_not_ours() => Forged.IsOursOf("u1").ShouldBeFalse();

    [Fact]
    public void One_with_our_labels_is_its_owners_and_nobody_elses()
    {
        ConfigMap made = Forged with { Metadata = Forged.Metadata with { Labels = new Dictionary<string, string> { [Labels.Workflow] = "w" } } };

        made.IsOursOf("u1").ShouldBeTrue();
        made.IsOursOf("u2").ShouldBeFalse();
        (made with { Metadata = made.Metadata with { OwnerReferences = null } }).IsOursOf("u1").ShouldBeFalse();
    }
}
