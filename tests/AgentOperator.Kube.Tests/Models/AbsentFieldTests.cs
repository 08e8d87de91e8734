using System.Text.Json;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Tests.Models;

/// <summary>The JSON source generator sets every init property, absent ones to null: a default must survive that.</summary>
public sealed class AbsentFieldTests
{
    [Fact]
    public void A_field_that_the_server_leaves_out_has_its_default()
    {
        Pod pod = JsonSerializer.Deserialize("""{"spec":{},"status":{"containerStatuses":[{"name":"main"}]}}""", Pod.JsonTypeInfo)!;

        pod.Metadata.ShouldNotBeNull();
        pod.Spec!.Containers.ShouldBeEmpty();
        pod.Status!.ContainerStatuses![0].Image.ShouldBe("");
    }
}
