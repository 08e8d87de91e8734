using AgentOperator.Agents;
using AgentOperator.Agents.Observing;
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
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;
using AgentOperator.Tracing;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Deciding;
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

namespace AgentOperator.EndToEnd;

/// <summary>A leader that has been asleep decides from the past: the API server must stop it, and what is not its own it must leave alone.</summary>
public sealed class FenceTests(ClusterFixture cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_decided_from_the_past_is_refused()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Workflow workflow = await CreateAsync(ns);
        Leader awake = new(ns, workflow);
        Leader asleep = new(ns, workflow);
        await awake.ReconcileAsync();

        KubeApiException refusal = await Should.ThrowAsync<KubeApiException>(asleep.ReconcileAsync);

        refusal.IsConflict.ShouldBeTrue();
        (await JobsAsync(ns)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_was_recorded_done_and_deleted_is_not_created_again()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await new Leader(ns, await CreateAsync(ns)).ReconcileAsync();

        // From here on this leader sees the attempt on record and no Job of it.
        Leader asleep = new(ns, await GetAsync(ns));
        Job job = (await JobsAsync(ns)).Single();
        Workflow before = await GetAsync(ns);
        await ns.Client.Resource<WorkflowStatusWrite>(ns.Name).ApplyStatusAsync(
            new WorkflowStatusWrite { Metadata = new ObjectMeta { Name = "w", Namespace = ns.Name }, Status = before.Status! with { Message = "somebody else has moved on" } },
            new ApplyOptions(WorkflowReconciler.FieldManager),
            Stop);
        await ns.Client.Resource<Job>(ns.Name).DeleteAsync(job.Metadata.Name!, new DeleteOptions(), Stop);
        await ns.UntilNoneAsync<Job>("although it was deleted");

        await asleep.ReconcileAsync();

        (await JobsAsync(ns)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recorded_attempt_whose_job_exists_is_adopted()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await new Leader(ns, await CreateAsync(ns)).ReconcileAsync();

        // The successor's caches do not show the Job yet.
        await new Leader(ns, await GetAsync(ns)).ReconcileAsync();

        (await JobsAsync(ns)).Count.ShouldBe(1);
        (await GetAsync(ns)).Status!.Steps![0].Phase.ShouldBe(StepPhases.Starting);
    }

    /// <summary>Admission judges a create before its name is looked up: with a quota of one, the second try of a create whose answer was lost is refused.</summary>
    [Fact]
    public async Task A_create_that_is_refused_at_the_second_try_is_looked_up_and_adopted()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await new Leader(ns, await CreateAsync(ns)).ReconcileAsync();
        string user = $"no-more-jobs-{ns.Name}";
        await cluster.Kubectl.RunAsync(Stop, "create", "role", "rest", "--verb=get,list,patch", "--resource=jobs,pods,workflows.agentoperator.dev,workflows.agentoperator.dev/status", "--namespace", ns.Name);
        await cluster.Kubectl.RunAsync(Stop, "create", "rolebinding", "rest", "--role=rest", $"--user={user}", "--namespace", ns.Name);
        using KubeClient refused = new(cluster.Connection with { Impersonate = new Impersonation(user) });

        await new Leader(refused, await GetAsync(ns)).ReconcileAsync();

        (await JobsAsync(ns)).Count.ShouldBe(1);
        (await GetAsync(ns)).Status!.Steps![0].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public async Task A_run_is_not_written_off_because_the_cache_of_jobs_is_behind()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Workflow workflow = await CreateAsync(ns);
        await new Leader(ns, workflow).ReconcileAsync();
        Workflow started = await GetAsync(ns);
        await ns.Client.Resource<WorkflowStatusWrite>(ns.Name).ApplyStatusAsync(
            new WorkflowStatusWrite
            {
                Metadata = new ObjectMeta { Name = "w", Namespace = ns.Name },
                Status = started.Status! with { Steps = [started.Status!.Steps![0] with { Phase = StepPhases.Running }] },
            },
            new ApplyOptions(WorkflowReconciler.FieldManager),
            Stop);

        await new Leader(ns, await GetAsync(ns)).ReconcileAsync();

        (await GetAsync(ns)).Status!.Phase.ShouldBe(WorkflowPhases.Running);
    }

    [Fact]
    public async Task A_strangers_job_under_the_attempts_name_is_told_and_not_touched()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Workflow workflow = await CreateAsync(ns);
        string name = AttemptName.Of(workflow, 1, new AttemptId("a", 1));
        await ns.Client.Resource<Job>(ns.Name).CreateAsync(
            new Job
            {
                Metadata = new ObjectMeta { Name = name, Namespace = ns.Name },
                Spec = new JobSpec { Suspend = true, Template = new PodTemplateSpec { Spec = new PodSpec { RestartPolicy = "Never", Containers = [new Container { Name = "c", Image = "x" }] } } },
            },
            Stop);
        await using OperatorProcess process = cluster.StartOperator(ns);

        Workflow ended = await ns.UntilEndedAsync("w");

        ended.Status!.Steps![0].Reason.ShouldBe("JobRefused");
        ended.Status.Message.ShouldNotBeNull().ShouldContain(name);
        (await JobsAsync(ns)).Single().Metadata.OwnerReferences.ShouldBeNull();
    }

    private static Task<Workflow> CreateAsync(TestNamespace ns) => ns.Client.Resource<Workflow>(ns.Name).CreateAsync(
        new Workflow
        {
            Metadata = new ObjectMeta { Name = "w", Namespace = ns.Name },
            Spec = new WorkflowSpec { Steps = [new WorkflowStep { Name = "a", Container = new ContainerStep { Image = "registry.example.com/nowhere:1" } }] },
        },
        Stop);

    private static Task<Workflow> GetAsync(TestNamespace ns) => ns.Client.Resource<Workflow>(ns.Name).GetAsync("w", Stop);

    private static async Task<IReadOnlyList<Job>> JobsAsync(TestNamespace ns) => (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions(), Stop)).Items;

    /// <summary>A reconciler whose caches show one moment and never move on.</summary>
    private sealed class Leader
    {
        private readonly WorkflowReconciler _reconciler;
        private readonly ObjectKey _key;

        public Leader(TestNamespace ns, Workflow seen)
            : this(ns.Client, seen)
        {
        }

        public Leader(KubeClient client, Workflow seen)
        {
            ObjectStore<Workflow> workflows = new();
            ObjectStore<StepJob> jobs = new(static job => job.ControllerOwner()?.Uid);
            ObjectStore<StepPod> pods = new();
            workflows.Replace([seen], [], seen.Metadata.ResourceVersion!);
            AttemptObserver observer = new(workflows, jobs, pods, client, new ResultReader(client));
            ChannelState channel = new();
            channel.Close();
            ResultLogs logs = new(client);
            OutputLoader outputs = new(client, logs);
            OperatorOptions options = new() { AllowUnverifiedApprovals = true };
            GateObserver gates = new(client, new ObjectStore<Approval>(), new FloorReader(client, "default", null, TimeProvider.System, NullLogger<FloorReader>.Instance), new EnforcementLog(new EnforcementProbe(client), options, TimeProvider.System), TimeProvider.System);
            StepMaterials materials = new(client, outputs, new ItemLists(), new PriceCatalogueReader(client, new AgentPlatform { RuntimeImage = "none", OperatorNamespace = "default" }, null, TimeProvider.System, NullLogger<PriceCatalogueReader>.Instance));
            JobStarter starter = new(client, observer, materials, new StepPodSettings(new OperatorOptions(), channel));
            RunSpecStore specs = new(client, workflows);
            WorkflowStopper stopper = new(client);
            OwnWrites writes = new(TimeProvider.System);
            TriggerProblems problems = new(options, workflows, new WebhookSecrets(client, TimeProvider.System), new TopicGrants(client, options, TimeProvider.System), TimeProvider.System);
            TriggerReconciler triggers = new(client, workflows, new ObjectStore<EventDelivery>(), problems, stopper, specs, new NoEvents(), writes, TimeProvider.System);
            _reconciler = new WorkflowReconciler(client, workflows, jobs, observer, starter, new NestedStarter(client, observer, materials), stopper, triggers, specs, new ItemKeeper(client, logs), NoMemos.Instance, new MemoKeeper(client, outputs, new NoEvents()), outputs, gates, new ApprovalLog(NullLogger<ApprovalLog>.Instance), new WatchedHolds(new ObjectStore<HeldNamespace>()), NoSurroundings.Instance, NoLocks(client), new NoPermitBook(), new NoEvents(), new RunTelling(new NoSpans(), workflows, TimeProvider.System), writes, TimeProvider.System);
            _key = seen.Key();
        }

        private static LockKeeper NoLocks(KubeClient client)
        {
            ObjectStore<Lease> leases = new();
            LockStore store = new(client, new LockLimits(client, new OperatorOptions()), TimeProvider.System);
            return new LockKeeper(new LockBook(leases, NullLogger<LockBook>.Instance), store, new HolderPods(client), leases);
        }

        public Task<Outcome> ReconcileAsync() => _reconciler.ReconcileAsync(_key, Stop);
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
