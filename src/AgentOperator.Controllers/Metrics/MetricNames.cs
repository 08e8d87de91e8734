using AgentOperator.Kube.Metrics;

namespace AgentOperator.Controllers.Metrics;

/// <summary>Meters, instruments and labels as controller-runtime and client-go name them: dashboards exist for these names. Times are in seconds.
/// Every label is bounded by what is built into a program; no label holds the name of an object.</summary>
public static class MetricNames
{
    /// <summary>The meter of controllers, queues and leader election.</summary>
    public const string Meter = "AgentOperator.Controllers";

    /// <summary>The meter of requests to the API server.</summary>
    public const string RequestMeter = RequestMetrics.Meter;

    /// <summary>Counter by controller and result.</summary>
    public const string Reconciles = "controller_runtime_reconcile_total";

    /// <summary>Counter by controller.</summary>
    public const string ReconcileErrors = "controller_runtime_reconcile_errors_total";

    /// <summary>Counter by controller: failures that are not tried again.</summary>
    public const string TerminalErrors = "controller_runtime_terminal_reconcile_errors_total";

    /// <summary>Counter by controller: reconciles that ended well and noted no write. Not one of controller-runtime's: next to all reconciles it shows a controller that triggers itself.</summary>
    public const string ReconcilesUnchanged = "controller_runtime_reconcile_unchanged_total";

    /// <summary>Histogram by controller.</summary>
    public const string ReconcileTime = "controller_runtime_reconcile_time_seconds";

    /// <summary>Gauge by controller.</summary>
    public const string ActiveWorkers = "controller_runtime_active_workers";

    /// <summary>Gauge by controller.</summary>
    public const string MaxWorkers = "controller_runtime_max_concurrent_reconciles";

    /// <summary>Gauge by name and controller.</summary>
    public const string QueueDepth = "workqueue_depth";

    /// <summary>Counter by name and controller.</summary>
    public const string QueueAdds = "workqueue_adds_total";

    /// <summary>Counter by name and controller.</summary>
    public const string QueueRetries = "workqueue_retries_total";

    /// <summary>Histogram by name and controller: from being added to being taken.</summary>
    public const string QueueDuration = "workqueue_queue_duration_seconds";

    /// <summary>Histogram by name and controller: from being taken to being done.</summary>
    public const string WorkDuration = "workqueue_work_duration_seconds";

    /// <summary>Gauge by name and controller: the ages of all work under way, summed.</summary>
    public const string UnfinishedWork = "workqueue_unfinished_work_seconds";

    /// <summary>Gauge by name and controller: the age of the oldest work under way.</summary>
    public const string LongestRunning = "workqueue_longest_running_processor_seconds";

    /// <summary>Counter by code, method and host.</summary>
    public const string Requests = RequestMetrics.Requests;

    /// <summary>Gauge by name: 1 while this process leads, else 0.</summary>
    public const string LeaderStatus = "leader_election_master_status";

    /// <summary>Gauge by name: slots of the shared work that this process holds; 256 over all replicas.</summary>
    public const string Slots = "agentoperator_shard_slots";

    /// <summary>Counter: slots taken over, from the start or from others.</summary>
    public const string SlotsGained = "agentoperator_shard_slots_gained_total";

    /// <summary>Counter: slots handed over or lost.</summary>
    public const string SlotsLost = "agentoperator_shard_slots_lost_total";

    /// <summary>Label: name of a controller.</summary>
    public const string Controller = "controller";

    /// <summary>Label: how a reconcile ended: <see cref="Success"/>, <see cref="Error"/>, <see cref="Requeue"/> or <see cref="RequeueAfter"/>.</summary>
    public const string Result = "result";

    /// <summary>Label: name of a queue or of a lease.</summary>
    public const string Name = "name";

    public const string Success = "success";
    public const string Error = "error";
    public const string Requeue = "requeue";
    public const string RequeueAfter = "requeue_after";
}
