namespace AgentOperator.Api.Workflows;

/// <summary>Annotations by which a person steers a run, once. Each names the run that it is meant for.</summary>
public static class RequestAnnotations
{
    /// <summary><c>7/Graceful</c> or <c>7/Immediate</c>: stops run 7.</summary>
    public const string Cancel = ApiGroup.Name + "/cancel";

    /// <summary><c>7/review</c>: lets run 7 go on behind the checkpoint of step review.</summary>
    public const string Resume = ApiGroup.Name + "/resume";

    /// <summary>Prefix, followed by the name of an event: <c>event.agentoperator.dev/payment-received: "7/{\"amount\": 3}"</c> gives the event to run 7, with a JSON object as its payload.</summary>
    public const string Event = "event." + ApiGroup.Name + "/";

    /// <summary><c>7/failed</c> or <c>7/from=step</c>: once run 7 has ended, a new run that takes over its results but for those steps and what needs them.</summary>
    public const string Rerun = ApiGroup.Name + "/rerun";
}
