using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Jobs;

/// <summary>Carries out what <see cref="JobDecider"/> decides.</summary>
internal sealed partial class JobReconciler(
    KubeClient client,
    ObjectStore<Job> jobs,
    ObjectStore<Pod> pods,
    JobMemory memory,
    OwnWrites writes,
    Random random,
    TimeProvider time,
    ILogger<JobReconciler> logger) : IReconciler<Job>
{
    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (jobs.Find(key) is not { Spec: not null } job || JobRules.IsOfOthers(job.Spec))
        {
            return Outcome.Done;
        }

        string uid = job.Metadata.Uid!;
        JobObservation seen = new(job, [.. pods.Indexed(uid).Values], memory.Gone(uid), memory.Ledger(uid), time.GetUtcNow());
        JobDecision decision = JobDecider.Decide(seen);
        memory.Keep(uid, decision.Ledger);
        if (decision.Expired)
        {
            LogExpired(logger, key);
            await client.Resource<Job>(key.Namespace).DeleteAsync(key.Name, new DeleteOptions { Uid = uid }, cancellation);
            return Outcome.Done;
        }

        await CarryOutAsync(job, key, decision, cancellation);
        return decision.LookAgain is { } delay ? Outcome.After(delay) : Outcome.Done;
    }

    private async Task CarryOutAsync(Job job, ObjectKey key, JobDecision decision, CancellationToken cancellation)
    {
        ResourceClient<Pod> podClient = client.Resource<Pod>(key.Namespace);
        foreach (Pod pod in decision.Delete)
        {
            await podClient.DeleteAsync(pod.Metadata.Name!, new DeleteOptions { Uid = pod.Metadata.Uid }, cancellation);
        }

        PodCreation creation = new(podClient, time);
        for (int i = 0; i < decision.Create; i++)
        {
            Pod pod = JobPod.Create(job, decision.Indexes?[i], decision.Indexes is { } indexes ? decision.Ledger.Indexes.Failures.GetValueOrDefault(indexes[i]) : 0, random);
            if (await creation.CreateAsync(pod, () => IsWanted(job), why => LogUnanswered(logger, key, why), cancellation) is not { } created)
            {
                return;
            }

            writes.Record(key, pods, created.Metadata.ResourceVersion);
            LogCreated(logger, key, created.Metadata.Name!);
        }

        if (StatusPatch.Between(job.Metadata.Uid!, job.Status, decision.Status, KubeJsonContext.Default.JobStatus) is { } patch)
        {
            await WriteAsync(key, patch, cancellation);
            if (!JobConditions.IsFinished(job.Status) && JobConditions.Finished(decision.Status) is { } finished)
            {
                LogFinished(logger, key, finished.Type, finished.Reason);
            }
        }
    }

    /// <summary>False once the Job is going or suspended, as far as is known.</summary>
    private bool IsWanted(Job job) => jobs.Find(job.Key()) is { } now && now.Metadata.Uid == job.Metadata.Uid && !now.IsTerminating() && now.Spec?.Suspend != true;

    private async Task WriteAsync(ObjectKey key, Patch patch, CancellationToken cancellation)
    {
        try
        {
            Job written = await client.Resource<Job>(key.Namespace).PatchStatusAsync(key.Name, patch, cancellation);
            writes.Record(key, jobs, written.Metadata.ResourceVersion);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            LogVanished(logger, key);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Job {Job}: created pod {Pod}")]
    private static partial void LogCreated(ILogger logger, ObjectKey job, string pod);

    [LoggerMessage(2, LogLevel.Information, "Job {Job}: {Condition} ({Reason})")]
    private static partial void LogFinished(ILogger logger, ObjectKey job, string condition, string? reason);

    [LoggerMessage(3, LogLevel.Information, "Job {Job}: ttlSecondsAfterFinished has passed, deleting it")]
    private static partial void LogExpired(ILogger logger, ObjectKey job);

    [LoggerMessage(4, LogLevel.Debug, "Job {Job} was deleted before its status was written")]
    private static partial void LogVanished(ILogger logger, ObjectKey job);

    [LoggerMessage(5, LogLevel.Warning, "Job {Job}: it is not known whether a pod was created, so it is asked for again: {Why}")]
    private static partial void LogUnanswered(ILogger logger, ObjectKey job, string why);
}
