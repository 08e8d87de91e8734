using AgentOperator.Kube;

namespace AgentOperator.Controllers.Metrics;

/// <summary>What is measured of the reconciles of one controller.</summary>
internal sealed class ReconcileMetrics
{
    private readonly KeyValuePair<string, object?> _controller;

    public ReconcileMetrics(string controller)
    {
        _controller = new(MetricNames.Controller, controller);

        // A series that appears with its first error cannot be alerted on: it never rises.
        foreach (string result in (string[])[MetricNames.Success, MetricNames.Error, MetricNames.Requeue, MetricNames.RequeueAfter])
        {
            Instruments.Reconciles.Add(0, _controller, new(MetricNames.Result, result));
        }

        Instruments.ReconcileErrors.Add(0, _controller);
        Instruments.TerminalErrors.Add(0, _controller);
        Instruments.ReconcilesUnchanged.Add(0, _controller);
    }

    public void Ended(Outcome outcome, bool wrote, TimeSpan took)
    {
        string result = ResultOf(outcome);
        Instruments.Reconciles.Add(1, _controller, new(MetricNames.Result, result));
        Instruments.ReconcileTime.Record(took.TotalSeconds, _controller);
        if (result == MetricNames.Error)
        {
            Instruments.ReconcileErrors.Add(1, _controller);
        }
        else if (!wrote)
        {
            Instruments.ReconcilesUnchanged.Add(1, _controller);
        }

        if (outcome.Kind == OutcomeKind.Terminal)
        {
            Instruments.TerminalErrors.Add(1, _controller);
        }
    }

    /// <summary>A conflict is no failure: it was decided from the past and is decided again.</summary>
    private static string ResultOf(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Done => MetricNames.Success,
        OutcomeKind.After => MetricNames.RequeueAfter,
        OutcomeKind.Again => MetricNames.Requeue,
        OutcomeKind.Retry when outcome.Error is KubeApiException { IsConflict: true } => MetricNames.Requeue,
        _ => MetricNames.Error,
    };
}
