using System.Collections.Concurrent;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;

namespace AgentOperator.Tracing;

/// <summary>Tells of what has ended, once its status is written. What ended shortly before this process first saw the workflow is told again: the process before it may not have come to that, and equal ids make a duplicate harmless.</summary>
internal sealed class RunTelling
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly ISpanSink _sink;
    private readonly TimeProvider _time;

    public RunTelling(ISpanSink sink, ObjectStore<Workflow> workflows, TimeProvider time)
    {
        _sink = sink;
        _time = time;
        workflows.Subscribe((before, after) =>
        {
            if (after is null && before is not null)
            {
                _seen.TryRemove(before.Metadata.Uid!, out _);
            }
        });
    }

    /// <summary>A workflow is looked at.</summary>
    public void See(Workflow workflow)
    {
        if (!_seen.TryAdd(workflow.Metadata.Uid!, true) || workflow.Status is not { } status)
        {
            return;
        }

        DateTimeOffset since = _time.GetUtcNow() - Shortly;
        _sink.Add([.. RunSpans.Between(workflow, null, status).Where(span => span.End >= since)]);
    }

    /// <summary>A status was written.</summary>
    public void Tell(Workflow workflow, WorkflowStatus after) => _sink.Add(RunSpans.Between(workflow, workflow.Status, after));
}
