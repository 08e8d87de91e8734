namespace AgentOperator.Api.Runtime;

/// <summary>Files and variables through which the operator and the runtime meet.</summary>
public static class RuntimeFiles
{
    /// <summary>Folder of the configuration.</summary>
    public const string Folder = "/etc/agentoperator";

    /// <summary>A <see cref="RuntimeConfig"/>.</summary>
    public const string Agent = Folder + "/agent.json";

    /// <summary>A <see cref="StepTask"/>.</summary>
    public const string Task = Folder + "/task.json";

    /// <summary>Folder of <see cref="StepItem"/> files, named by the index of the Job; there in a step with forEach alone.</summary>
    public const string Items = "/etc/agentoperator-items";

    /// <summary>Index of a pod in its Indexed Job, as Kubernetes sets it.</summary>
    public const string IndexVariable = "JOB_COMPLETION_INDEX";

    /// <summary>Folder of the projected token, with its own audience.</summary>
    public const string TokenFolder = "/var/run/secrets/agentoperator.dev";

    /// <summary>The token for the operator's channel.</summary>
    public const string Token = TokenFolder + "/token";

    /// <summary>Audience of that token.</summary>
    public const string TokenAudience = "agentoperator.dev/channel";

    /// <summary>Where results of the step go by POST; absent when there is no channel.</summary>
    public const string ResultsUrlVariable = "AGENTOPERATOR_RESULTS_URL";

    /// <summary>Where reports of an agent's pod go by POST; absent when there is no channel.</summary>
    public const string ReportsUrlVariable = "AGENTOPERATOR_REPORTS_URL";

    /// <summary>File of the token; <see cref="Token"/> in a pod.</summary>
    public const string TokenFileVariable = "AGENTOPERATOR_TOKEN_FILE";

    /// <summary>Certificate of the operator's authority, PEM.</summary>
    public const string AuthorityVariable = "AGENTOPERATOR_CA";

    /// <summary>Key in a step's result that holds its <see cref="UsageReport"/>.</summary>
    public const string UsageKey = "$usage";

    /// <summary>Path that a Dapr sidecar posts messages to: this and the index of the subscription.</summary>
    public const string DeliveryPath = "/dapr/deliveries/";

    /// <summary>Key in what a failed step brings: its result is none, and only its usage counts.</summary>
    public const string ErrorKey = "$error";

    /// <summary>Exit code of a step that would fail again: its configuration or its input is wrong (EX_USAGE of sysexits.h).</summary>
    public const int UselessToRetry = 64;

    /// <summary>Exit code of a consensus whose votes do not agree.</summary>
    public const int NoConsensus = 3;

    /// <summary>Port on which an agent serves.</summary>
    public const int Port = 8080;
}
