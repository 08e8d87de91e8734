using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Probes;

/// <summary>Turns single answers into a verdict: so many in a row change it.</summary>
internal sealed class ProbeTally(Probe probe)
{
    private int _row;
    private bool _last;

    /// <summary>True or false when an answer makes the verdict so; null while too few have come.</summary>
    public bool? Take(bool answer)
    {
        _row = answer == _last ? _row + 1 : 1;
        _last = answer;
        int threshold = answer ? probe.SuccessThreshold ?? 1 : probe.FailureThreshold ?? 3;
        return _row >= threshold ? answer : null;
    }
}
