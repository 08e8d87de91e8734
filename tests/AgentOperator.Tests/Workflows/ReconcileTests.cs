using System.Text.Json;
using AgentOperator.Agents;
using AgentOperator.Agents.Observing;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Approvals.Floors;
using AgentOperator.Channels;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Tests.Serving;
using AgentOperator.Tracing;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Holding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.RunSpecs;
using AgentOperator.Workflows.Targets;
using AgentOperator.Workflows.Triggers;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;
using AgentOperator.Workflows.Triggers.Topics;
using AgentOperator.Workflows.Triggers.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Tests.Workflows;

/// <summary>How a decision is carried out while the API server does not take all of it.</summary>
public sealed class ReconcileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Job_that_cannot_be_created_keeps_no_lock_and_lets_no_other_Job_run_on()
    {
        Life life = new Life(Life.Step("x") with { Mutex = "m" }, Life.Step("y", "x")).Turn();
        LockId mutex = new("n", LockId.Mutex, "m");
        LockRecord held = new() { Kind = LockId.Mutex, Name = "m", Limit = 1, Holders = [new LockEntry("0d6f/1/x/1", "n", "w", 0)] };
        Lease lease = LockLease.Of(mutex, held, life.Now);
        await using FakeApi api = await FakeApi.StartAsync((method, path) => (method, path) switch
        {
            ("POST", "/apis/batch/v1/namespaces/n/jobs") => (500, """{"kind":"Status","code":500,"reason":"InternalError","message":"failed calling webhook"}"""),
            ("GET", _) when path.Contains("/pods?", StringComparison.Ordinal) || path.Contains("/workflows?", StringComparison.Ordinal) => (200, """{"metadata":{"resourceVersion":"1"},"items":[]}"""),
            ("GET", _) when path.EndsWith(mutex.LeaseName, StringComparison.Ordinal) => (200, JsonSerializer.Serialize(lease, Lease.JsonTypeInfo)),
            _ => null,
        });
        using KubeClient client = api.Connect();
        StepJob[] jobs = [Job(life["x"].Job!, JobConditionTypes.Complete), Job("w-timed-out", null)];

        KubeApiException error = await Should.ThrowAsync<KubeApiException>(Reconciler(client, life.Workflow, jobs, lease).ReconcileAsync(life.Workflow.Key(), Stop));

        error.Message.ShouldContain("failed calling webhook");
        api.Writes.ShouldContain("DELETE /apis/batch/v1/namespaces/n/jobs/w-timed-out");
        api.Writes.ShouldContain($"PATCH /apis/coordination.k8s.io/v1/namespaces/n/leases/{mutex.LeaseName}");
    }

    private static StepJob Job(string name, string? end) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "n",
            Uid = name,
            ResourceVersion = "1",
            Labels = new Dictionary<string, string> { [Labels.Workflow] = "w", [Labels.Run] = "1" },
            OwnerReferences = [new OwnerReference { ApiVersion = "agentoperator.dev/v1alpha1", Kind = "Workflow", Name = "w", Uid = "0d6f", Controller = true }],
        },
        Status = new JobStatus { Conditions = end is null ? [] : [new JobCondition { Type = end, Status = ConditionStatus.True }] },
    };

    private static WorkflowReconciler Reconciler(KubeClient client, Workflow seen, IReadOnlyCollection<StepJob> jobs, Lease lease)
    {
        TimeProvider time = TimeProvider.System;
        ObjectStore<Workflow> workflows = new(static workflow => workflow.ControllerOwner()?.Uid);
        ObjectStore<StepJob> seenJobs = new(static job => job.ControllerOwner()?.Uid);
        ObjectStore<Lease> leases = new();
        workflows.Set(seen, seen.Metadata.ResourceVersion!);
        AttemptObserver observer = new(workflows, seenJobs, new ObjectStore<StepPod>(static pod => pod.ControllerOwner()?.Uid), client, new ResultReader(client));
        foreach (StepJob job in jobs)
        {
            seenJobs.Set(job, job.Metadata.ResourceVersion!);
        }

        LockBook book = new(leases, NullLogger<LockBook>.Instance);
        leases.Set(lease, "1");
        OperatorOptions options = new();
        ChannelState channel = new();
        channel.Close();
        ResultLogs logs = new(client);
        OutputLoader outputs = new(client, logs);
        NoEvents events = new();
        OwnWrites writes = new(time);
        WorkflowStopper stopper = new(client);
        RunSpecStore specs = new(client, workflows);
        StepMaterials materials = new(client, outputs, new ItemLists(), new PriceCatalogueReader(client, new AgentPlatform { RuntimeImage = "none", OperatorNamespace = "default" }, null, time, NullLogger<PriceCatalogueReader>.Instance));
        TriggerProblems problems = new(options, workflows, new WebhookSecrets(client, time), new TopicGrants(client, options, time), time);
        return new WorkflowReconciler(
            client,
            workflows,
            seenJobs,
            observer,
            new JobStarter(client, observer, materials, new StepPodSettings(options, channel)),
            new NestedStarter(client, observer, materials),
            stopper,
            new TriggerReconciler(client, workflows, new ObjectStore<EventDelivery>(), problems, stopper, specs, events, writes, time),
            specs,
            new ItemKeeper(client, logs),
            NoMemos.Instance,
            new MemoKeeper(client, outputs, events),
            outputs,
            new GateObserver(client, new ObjectStore<Approval>(GateObserver.KeyOf), new FloorReader(client, "default", null, time, NullLogger<FloorReader>.Instance), new EnforcementLog(new EnforcementProbe(client), options, time), time),
            new ApprovalLog(NullLogger<ApprovalLog>.Instance),
            new WatchedHolds(new ObjectStore<HeldNamespace>()),
            NoSurroundings.Instance,
            new LockKeeper(book, new LockStore(client, new LockLimits(client, options), time), new HolderPods(client), leases),
            new NoPermitBook(),
            events,
            new RunTelling(new NoSpans(), workflows, time),
            writes,
            time);
    }

    private sealed class NoEvents : IEventRecorder
    {
        public void Record(IKubernetesObject regarding, string type, string reason, string action, string note)
        {
        }
    }

    private sealed class NoSpans : ISpanSink
    {
        public void Add(IReadOnlyList<Span> spans)
        {
        }
    }
}
