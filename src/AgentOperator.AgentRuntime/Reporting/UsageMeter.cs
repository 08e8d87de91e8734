using System.Globalization;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Reporting;

/// <summary>What the process used on one day (UTC), and what is wrong with its models.</summary>
internal sealed class UsageMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private string _day = "";
    private long _calls;
    private UsageReport _usage = new();
    private bool? _isReached;

    /// <summary>Called when a problem of a model came or went: it is to be told soon.</summary>
    public Action? Urgent { get; set; }

    public void AddCall()
    {
        lock (_gate)
        {
            Turn();
            _calls++;
        }
    }

    /// <summary>A model answered.</summary>
    public void AddRequest(UsageReport usage, string model)
    {
        bool isNews;
        lock (_gate)
        {
            Turn();
            _usage = UsageMath.Add(_usage, usage);
            isNews = _problems.Remove(model) || _isReached is null;
            _isReached = true;
        }

        if (isNews)
        {
            Urgent?.Invoke();
        }
    }

    /// <summary>A model did not answer.</summary>
    public void AddProblem(string model, string message)
    {
        bool isNews;
        lock (_gate)
        {
            isNews = !_problems.TryGetValue(model, out string? before) || before != message;
            _problems[model] = message;
        }

        if (isNews)
        {
            Urgent?.Invoke();
        }
    }

    /// <summary>The counts as of now, without instance, sequence and tools.</summary>
    public AgentReport Snapshot()
    {
        lock (_gate)
        {
            Turn();
            return new AgentReport
            {
                Instance = "",
                Sequence = 0,
                Day = _day,
                Calls = _calls,
                Usage = _usage,
                ModelProblems = [.. _problems.Select(static problem => new ModelProblem { Model = problem.Key, Message = problem.Value })],
                IsModelReached = _isReached,
            };
        }
    }

    private void Turn()
    {
        string today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (today != _day)
        {
            (_day, _calls, _usage) = (today, 0, new UsageReport());
        }
    }
}
