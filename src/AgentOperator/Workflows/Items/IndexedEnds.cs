using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Items;

/// <summary>How the items of an Indexed Job that is over have ended; those in neither list were stopped.</summary>
internal sealed class IndexedEnds
{
    private readonly List<int> _succeeded = [];
    private readonly List<(int Place, AttemptEnd End)> _failed = [];
    private readonly List<ItemResult> _keeps = [];

    private IndexedEnds()
    {
    }

    public IReadOnlyList<int> Succeeded => _succeeded;

    public IReadOnlyList<(int Place, AttemptEnd End)> Failed => _failed;

    /// <summary>Results that came by termination messages.</summary>
    public IReadOnlyList<ItemResult> Keeps => _keeps;

    /// <summary>What those used.</summary>
    public StepUsage? Usage { get; private set; }

    public static IndexedEnds Of(ItemsContext context, ItemsBook book, AttemptObservation seen, AttemptEnd? notStarted)
    {
        IndexedEnds ends = new();
        IndexedObservation indexed = seen.Indexed ?? new IndexedObservation();
        AttemptEnd? rest = notStarted ?? RestOf(context.Step, seen);
        int index = 0;
        foreach (int place in book.Running)
        {
            ends.Add(context, place, index++, seen, indexed, rest);
        }

        return ends;
    }

    private void Add(ItemsContext context, int place, int index, AttemptObservation seen, IndexedObservation indexed, AttemptEnd? rest)
    {
        PodObservation? pod = context.Evidence!.Pods.GetValueOrDefault(index);

        // Our runtime brings a result only when the work is done: what became of its pod after that changes nothing.
        if (context.Evidence.Results.Of(place) is { } text)
        {
            Add(place, AttemptEnd.Of(context.Step, new AttemptObservation { State = AttemptState.Complete, Posted = new PostedResult(context.Names.Results, text) })!);
        }
        else if (indexed.Completed.Contains(index))
        {
            AttemptEnd end = AttemptEnd.Of(context.Step, new AttemptObservation { State = AttemptState.Complete, Pod = pod })!;
            if (end.Phase == StepPhases.Succeeded && pod?.TerminationMessage is { Length: > 0 } message)
            {
                _keeps.Add(new ItemResult(place, message));
                Usage = RunCost.Add(Usage, PostedResult.Usage(message));
            }

            Add(place, end);
        }
        else if (indexed.Failed.Contains(index))
        {
            Add(place, AttemptEnd.Of(context.Step, new AttemptObservation { State = AttemptState.Failed, Message = seen.Message, Pod = pod })!);
        }
        else if (rest is not null)
        {
            Add(place, rest);
        }
    }

    private void Add(int place, AttemptEnd end)
    {
        if (end.Phase == StepPhases.Succeeded)
        {
            _succeeded.Add(place);
        }
        else
        {
            _failed.Add((place, end));
        }
    }

    /// <summary>How items have ended of which the Job says nothing: null when they were stopped because they are not needed, or too many others failed.</summary>
    private static AttemptEnd? RestOf(WorkflowStep step, AttemptObservation seen) => seen switch
    {
        { State: AttemptState.Complete } or { State: AttemptState.Failed, Reason: JobReasons.MaxFailedIndexesExceeded } => null,
        _ => AttemptEnd.Of(step, seen),
    };
}
