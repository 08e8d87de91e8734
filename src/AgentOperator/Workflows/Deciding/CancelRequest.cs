using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>A cancel that was asked for.</summary>
/// <param name="Run">The run to stop.</param>
/// <param name="Mode">One of <see cref="CancelModes"/>.</param>
internal sealed record CancelRequest(long Run, string Mode)
{
    /// <summary>Null when the text is no request.</summary>
    public static CancelRequest? Parse(string text) => RequestText.Split(text) switch
    {
        (long run, CancelModes.Graceful or CancelModes.Immediate) split => new CancelRequest(run, split.What!),
        _ => null,
    };
}
