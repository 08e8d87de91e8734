using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Results;

/// <summary>Status holds the outputs of a run: more of them than fit would keep every later write out.</summary>
internal static class OutputLimit
{
    /// <param name="end">How an attempt ended.</param>
    /// <param name="posted">What it gave through the channel: large outputs stay there.</param>
    /// <param name="taken">Bytes of outputs that the run's status has already.</param>
    public static AttemptEnd Within(AttemptEnd end, PostedResult? posted, int taken)
    {
        if (end.Outputs is null)
        {
            return end;
        }

        if (posted is not null)
        {
            (IReadOnlyDictionary<string, JsonElement> inline, IReadOnlyDictionary<string, OutputReference>? references) = OutputSpill.Of(end.Outputs, posted.ConfigMap, StepResult.MaxRunBytes - taken);
            return end with { Outputs = inline, References = references };
        }

        int bytes = StepResult.Bytes(end.Outputs) + taken;
        return bytes <= StepResult.MaxRunBytes ? end : AttemptEnd.TooLarge(bytes);
    }
}
