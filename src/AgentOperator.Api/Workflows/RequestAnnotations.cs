namespace AgentOperator.Api.Workflows;

/// <summary>Annotations by which a person steers a run, once. Each names the run that it is meant for.</summary>
public static class RequestAnnotations
{
    /// <summary><c>7/Graceful</c> or <c>7/Immediate</c>: stops run 7.</summary>
    public const string Cancel = ApiGroup.Name + "/cancel";

    /// <summary><c>7/failed</c> or <c>7/from=step</c>: once run 7 has ended, a new run that takes over its results but for those steps and what needs them.</summary>
    public const string Rerun = ApiGroup.Name + "/rerun";
}
