namespace AgentOperator.Workflows.Observing;

/// <summary>What the caches do not show: Jobs that were refused, and Jobs that were there. By uid of the Workflow, then by name of the Job.</summary>
internal sealed class AttemptMemory
{
    private readonly Dictionary<string, Dictionary<string, AttemptObservation>> _jobs = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public void Remember(string workflow, string job, AttemptObservation observation)
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(workflow, out Dictionary<string, AttemptObservation>? jobs))
            {
                _jobs[workflow] = jobs = new(StringComparer.Ordinal);
            }

            jobs[job] = observation;
        }
    }

    /// <summary>A copy, which is the caller's.</summary>
    public Dictionary<string, AttemptObservation> Of(string workflow)
    {
        lock (_gate)
        {
            return _jobs.TryGetValue(workflow, out Dictionary<string, AttemptObservation>? jobs) ? new(jobs, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        }
    }

    public void Forget(string workflow)
    {
        lock (_gate)
        {
            _jobs.Remove(workflow);
        }
    }

    public void Forget(string workflow, string job)
    {
        lock (_gate)
        {
            if (_jobs.TryGetValue(workflow, out Dictionary<string, AttemptObservation>? jobs) && jobs.Remove(job) && jobs.Count == 0)
            {
                _jobs.Remove(workflow);
            }
        }
    }
}
