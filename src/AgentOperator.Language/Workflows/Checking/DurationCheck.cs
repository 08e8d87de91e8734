using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Checking;

/// <summary>Durations that the schema let through must parse: a decider cannot fail half-way.</summary>
internal static class DurationCheck
{
    public static IEnumerable<SpecProblem> Problems(RunSpec spec)
    {
        IEnumerable<(string Path, Duration? Value)> durations = Of("spec.defaults", spec.Defaults?.Timeout, spec.Defaults?.Retry)
            .Concat(SpecCheck.Steps(spec).SelectMany(static step => Of(step.Path, step.Step)));
        return durations.Select(static duration => Problem(duration.Path, duration.Value)).OfType<SpecProblem>();
    }

    public static SpecProblem? Problem(string path, Duration? value)
    {
        try
        {
            value?.ToTimeSpan();
            return null;
        }
        catch (FormatException error)
        {
            return new SpecProblem("InvalidDuration", $"{path}: {error.Message}", path);
        }
    }

    private static IEnumerable<(string Path, Duration? Value)> Of(string path, WorkflowStep step) =>
    [
        .. Of(path, step.Timeout, step.Retry),
        .. Of($"{path}.compensate", step.Compensate?.Timeout, step.Compensate?.Retry),
        ($"{path}.wait.duration", step.Wait?.Duration),
        ($"{path}.wait.event.timeout", step.Wait?.Event?.Timeout),
        ($"{path}.approval.timeout", step.Approval?.Timeout),
        ($"{path}.checkpoint.timeout", step.Checkpoint?.Timeout),
        ($"{path}.memoize.maxAge", step.Memoize?.MaxAge),
    ];

    private static IEnumerable<(string Path, Duration? Value)> Of(string path, Duration? timeout, RetryPolicy? retry) =>
    [
        ($"{path}.timeout", timeout),
        ($"{path}.retry.backoff.initial", retry?.Backoff?.Initial),
        ($"{path}.retry.backoff.max", retry?.Backoff?.Max),
    ];
}
