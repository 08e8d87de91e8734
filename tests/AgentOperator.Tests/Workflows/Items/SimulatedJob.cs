using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Items;

/// <summary>A Job of one item, or an Indexed Job of several.</summary>
internal sealed class SimulatedJob(string name, int[] places, IndexedShape? shape, int attempt)
{
    private readonly HashSet<int> _running = [];
    private readonly HashSet<int> _succeeded = [];
    private readonly HashSet<int> _failed = [];
    private string? _reason;

    public string Name => name;

    public int Attempt => attempt;

    public bool IsGone { get; private set; }

    public bool IsOver => IsGone || _reason is not null;

    /// <summary>Pods that work.</summary>
    public int Active => IsOver ? 0 : shape is null ? 1 : _running.Count;

    public void Delete() => IsGone = true;

    /// <summary>Items whose work has come to its end now.</summary>
    public IReadOnlyList<(int Place, bool HasSucceeded)> Advance(Random random)
    {
        for (int index = 0; index < places.Length && _running.Count < (shape?.Parallelism ?? 1); index++)
        {
            if (!_succeeded.Contains(index) && !_failed.Contains(index))
            {
                _running.Add(index);
            }
        }

        List<(int, bool)> ended = [];
        foreach (int index in _running.ToArray())
        {
            if (_reason is null && random.Next(3) == 0)
            {
                bool hasSucceeded = random.Next(3) != 0;
                _running.Remove(index);
                (hasSucceeded ? _succeeded : _failed).Add(index);
                ended.Add((places[index], hasSucceeded));
                _reason = shape switch
                {
                    { SucceededCount: { } enough } when _succeeded.Count >= enough => JobReasons.SuccessPolicy,
                    { MaxFailedIndexes: { } most } when _failed.Count > most => JobReasons.MaxFailedIndexesExceeded,
                    _ when _succeeded.Count + _failed.Count < places.Length => null,
                    _ => _failed.Count > 0 ? JobReasons.FailedIndexes : JobReasons.CompletionsReached,
                };
            }
        }

        return ended;
    }

    public IReadOnlyDictionary<int, PodObservation> Pods() => _failed.ToDictionary(static index => index, static _ => new PodObservation { ExitCode = 1, TerminationReason = "Error" });

    public AttemptObservation Observe(WorkflowStep step)
    {
        AttemptState state = _reason switch
        {
            null => AttemptState.Active,
            JobReasons.SuccessPolicy or JobReasons.CompletionsReached => AttemptState.Complete,
            _ => AttemptState.Failed,
        };
        AttemptObservation seen = new() { State = state, JobUid = name, Reason = _reason, CreatedAt = DateTimeOffset.UnixEpoch };
        if (shape is null)
        {
            string? message = step.Outputs is null ? null : string.Create(CultureInfo.InvariantCulture, $$"""{"x":{{places[0]}},"undeclared":1}""");
            return seen with { Pod = new PodObservation { IsRunning = state == AttemptState.Active, ExitCode = state switch { AttemptState.Active => null, AttemptState.Complete => 0, _ => 3 }, TerminationMessage = state == AttemptState.Complete ? message : null } };
        }

        return seen with
        {
            Pod = new PodObservation { IsRunning = true },
            Indexed = new IndexedObservation
            {
                Completed = IndexRanges.Of(_succeeded),
                Failed = IndexRanges.Of(_failed),
            },
        };
    }
}
