using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows.Items;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>Where attempts run: they end in all the ways there are, at random.</summary>
internal sealed class SimulatedNode(Random random, SimulatedCluster cluster, bool isLucky)
{
    /// <summary>One attempt comes to its end, or its pod moves on; false when none is under way.</summary>
    public bool Move(DateTimeOffset now)
    {
        string[] active = [.. cluster.Jobs.Where(static job => job.Value.State == AttemptState.Active).Select(static job => job.Key)];
        if (active.Length == 0 || random.Next(3) == 0)
        {
            return active.Length > 0;
        }

        string one = active[random.Next(active.Length)];
        if (cluster.Indexed.TryGetValue(one, out SimulatedJob? indexed) && !cluster.Jobs[one].IsDeleting)
        {
            Advance(one, indexed);
        }
        else if (cluster.Jobs[one] is { IsDeleting: true, Nested: null })
        {
            cluster.Remove(one);
        }
        else if (cluster.Starts[one].Step.Workflow is not null)
        {
            cluster.End(one, NestedEnd(cluster.Jobs[one].IsDeleting));
        }
        else
        {
            cluster.End(one, JobEnd(one, cluster.Starts[one].Step, now));
        }

        return true;
    }

    private AttemptObservation JobEnd(string job, WorkflowStep step, DateTimeOffset now)
    {
        bool isPosted = step.Container is null;
        AttemptObservation end = (isLucky && random.Next(8) != 0 ? 0 : random.Next(16)) switch
        {
            15 => new AttemptObservation { State = AttemptState.Active },
            14 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ContainerCreating" } },
            13 => new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded" },
            12 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull" } },
            11 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = now } },
            10 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = now.AddMinutes(-1) } },
            < 7 when isPosted => new AttemptObservation { State = AttemptState.Complete, Posted = cluster.Results.Post(job, RandomStep.Result(random, isPosted)) },
            < 7 => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = RandomStep.Result(random, isPosted) } },
            7 => new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded", Pod = new PodObservation { ExitCode = random.Next(1, 3) } },
            8 => new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded" },
            _ => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = "not json" } },
        };
        if (cluster.Starts[job].Item is { } item && end.State != AttemptState.Active)
        {
            cluster.ItemEnds.Add((cluster.ResultsOf(job), item, cluster.Starts[job].Attempt, AttemptEnd.Of(step, end)!.Phase == StepPhases.Succeeded, step.Idempotent == true));
        }

        return end;
    }

    /// <summary>A Workflow that is a step moves on; one that was cancelled still ends as it likes.</summary>
    private AttemptObservation NestedEnd(bool isCancelled) => random.Next(isCancelled ? 2 : 6) switch
    {
        0 => new AttemptObservation { State = AttemptState.Failed, Reason = isCancelled ? WorkflowPhases.Cancelled : WorkflowPhases.Failed, Nested = new NestedObservation(null, null) },
        5 => new AttemptObservation { State = AttemptState.Active, Nested = new NestedObservation(null, "1/Graceful") },
        4 when !isLucky => new AttemptObservation { State = AttemptState.Refused, IsInvalid = true, Nested = new NestedObservation(null, null) },
        _ => new AttemptObservation { State = AttemptState.Complete, Nested = new NestedObservation(new Dictionary<string, JsonElement> { ["value"] = JsonElement.Parse("\"x0\"") }, null) },
    };

    private void Advance(string job, SimulatedJob indexed)
    {
        AttemptStart start = cluster.Starts[job];
        foreach ((int place, bool hasSucceeded) in indexed.Advance(random))
        {
            string results = cluster.ResultsOf(job);
            cluster.ItemEnds.Add((results, place, start.Attempt, hasSucceeded, start.Step.Idempotent == true));
            if (hasSucceeded && start.Step.Outputs is not null)
            {
                cluster.Results.KeepItem(results, place, RandomStep.Result(random, isPosted: true));
            }
        }

        cluster.End(job, indexed.Observe(start.Step));
    }
}
