using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Tests.Jobs;

public sealed class JobPodTests
{
    [Fact]
    public void A_pod_carries_the_labels_and_the_owner_that_selectors_and_garbage_collection_need()
    {
        Pod pod = JobPod.Create(Job("step"), new Random(1));
        pod.Metadata.Name!.ShouldMatch("^step-[a-z0-9]{5}$");
        pod.Label("batch.kubernetes.io/job-name").ShouldBe("step");
        pod.Label("batch.kubernetes.io/controller-uid").ShouldBe("uid");
        pod.Label("job-name").ShouldBe("step");
        pod.Label("controller-uid").ShouldBe("uid");
        pod.Label("own").ShouldBe("label");
        OwnerReference owner = pod.Metadata.OwnerReferences!.Single();
        owner.ShouldBe(new OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = "step", Uid = "uid", Controller = true, BlockOwnerDeletion = true });
    }

    [Fact]
    public void A_long_name_is_cut_so_that_the_pod_has_a_valid_one() =>
        JobPod.Create(Job(new string('a', 63)), new Random(1)).Metadata.Name!.Length.ShouldBe(63);

    private static Job Job(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "ns", Uid = "uid" },
        Spec = new JobSpec
        {
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = new Dictionary<string, string> { ["own"] = "label" } },
                Spec = new PodSpec(),
            },
        },
    };
}
