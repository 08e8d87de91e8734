using AgentOperator.Api;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Serving;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;
using Workflow = AgentOperator.Api.Workflows.Workflow;

namespace AgentOperator.Tests.Workflows.Observing;

public sealed class AttemptObserverTests
{
    [Fact]
    public async Task A_Job_that_leaves_the_cache_is_gone_for_whoever_looks_at_that_moment()
    {
        Life life = new Life(Life.Step("x")).Turn();
        string name = life["x"].Job!;
        ObjectStore<Workflow> workflows = new(static workflow => workflow.ControllerOwner()?.Uid);
        ObjectStore<StepJob> jobs = new(static job => job.ControllerOwner()?.Uid);
        workflows.Set(life.Workflow, "1");
        await using FakeApi api = await FakeApi.StartAsync(static (_, _) => null);
        using KubeClient client = api.Connect();
        AttemptObserver? observer = null;
        Task<IReadOnlyDictionary<string, AttemptObservation>> Look() => observer!.ObserveAsync(life.Workflow, TestContext.Current.CancellationToken);
        List<Task<IReadOnlyDictionary<string, AttemptObservation>>> atThatMoment = [];

        // Subscribed first: called between the Job's leaving the cache and whatever the observer does about it.
        jobs.Subscribe((_, after) =>
        {
            if (after is null)
            {
                atThatMoment.Add(Look());
            }
        });
        observer = new(workflows, jobs, new ObjectStore<StepPod>(static pod => pod.ControllerOwner()?.Uid), client, new ResultReader(client));
        (await Look()).Keys.ShouldNotContain(name);
        jobs.Set(Job(name, life.Workflow), "2");
        (await Look())[name].State.ShouldBe(AttemptState.Active);

        jobs.Remove(new ObjectKey("n", name), "3");

        (await atThatMoment.Single())[name].State.ShouldBe(AttemptState.Gone);
        (await Look())[name].State.ShouldBe(AttemptState.Gone);
    }

    private static StepJob Job(string name, Workflow owner) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "n",
            Uid = name,
            ResourceVersion = "2",
            Labels = new Dictionary<string, string> { [Labels.Workflow] = owner.Metadata.Name!, [Labels.Run] = "1" },
            OwnerReferences = [new OwnerReference { ApiVersion = "agentoperator.dev/v1alpha1", Kind = "Workflow", Name = owner.Metadata.Name!, Uid = owner.Metadata.Uid!, Controller = true }],
        },
    };
}
