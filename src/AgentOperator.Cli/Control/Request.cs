using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Control;

/// <summary>One request by annotation.</summary>
/// <param name="Annotation">One of <see cref="RequestAnnotations"/>.</param>
/// <param name="Text">Run and what, <c>7/Graceful</c>.</param>
/// <param name="Echo">Where the operator says that it has handled it.</param>
internal sealed record Request(string Annotation, string Text, Func<HandledRequests?, string?> Echo)
{
    public static Request Cancel(long run, string mode) => new(RequestAnnotations.Cancel, $"{run}/{mode}", static handled => handled?.Cancel);

    public static Request Rerun(long run, string what) => new(RequestAnnotations.Rerun, $"{run}/{what}", static handled => handled?.Rerun);

    public static Request Resume(long run, string step) => new(RequestAnnotations.Resume, $"{run}/{step}", static handled => handled?.Resume);
}
