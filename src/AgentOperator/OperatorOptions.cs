using AgentOperator.Configuration;

namespace AgentOperator;

/// <summary>What the operator is told at start.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Kubeconfig file; null for KUBECONFIG, the pod's service account, or ~/.kube/config.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>Namespaces to work in, sorted; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Objects of one kind reconciled at the same time.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>Most attempts of steps under way at once over all namespaces; null for no limit.</summary>
    public int? MaxParallelSteps { get; init; }

    /// <summary>Most attempts of steps under way at once in each namespace; null for no limit.</summary>
    public int? MaxParallelStepsPerNamespace { get; init; }

    /// <summary>Whether several replicas agree on one that works.</summary>
    public bool LeaderElect { get; init; } = true;

    /// <summary>Whether the replicas share the work, in place of one that does all of it.</summary>
    public bool Sharding { get; init; }

    /// <summary>Namespace of the Lease; null for the pod's own, or the kubeconfig's.</summary>
    public string? LeaseNamespace { get; init; }

    /// <summary>How long a leader that says nothing is respected; the other times of the election follow from it as 10/15 and 2/15.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where /metrics is served; null for nowhere.</summary>
    public BindAddress? Metrics { get; init; } = new(null, 8080);

    /// <summary>Where /healthz and /readyz are served; null for nowhere.</summary>
    public BindAddress? Probes { get; init; } = new(null, 8081);

    /// <summary>Where pods bring results and reports, over TLS; null for nowhere: results are then those of termination logs.</summary>
    public BindAddress? Channel { get; init; }

    /// <summary>How pods reach <see cref="Channel"/>; null for the Service of config/default, or the address itself where it is one.</summary>
    public string? ChannelUrl { get; init; }

    /// <summary>Where webhooks are taken, without TLS, which an Ingress or Gateway ends; null for nowhere.</summary>
    public BindAddress? Webhooks { get; init; }

    /// <summary>Where the operator's own Dapr sidecar brings messages of topics; null for nowhere.</summary>
    public BindAddress? DaprApp { get; init; }

    /// <summary>App-id of the operator's sidecar.</summary>
    public string DaprAppId { get; init; } = "agent-operator";

    /// <summary>What the sidecar shows in <c>dapr-api-token</c>: APP_API_TOKEN, as Dapr has it.</summary>
    public string? DaprAppToken { get; init; }

    /// <summary>The namespace that the operator itself runs in, as the Lease's: found at start.</summary>
    public string? OwnNamespace { get; init; }

    /// <summary>Image of the agents' pods that bring none of their own.</summary>
    public string AgentRuntimeImage { get; init; } = "agent-operator/agent-runtime:0.1";

    /// <summary>Where agents send traces and metrics by OTLP; null for nowhere.</summary>
    public string? AgentOtlpEndpoint { get; init; }

    /// <summary>ConfigMap in the operator's namespace with the prices of models; null for none.</summary>
    public string? PriceCatalogue { get; init; }

    /// <summary>ConfigMap in the operator's namespace that says what approvals need at least; null for none.</summary>
    public string? ApprovalFloors { get; init; }

    /// <summary>True: Approvals count although it was not shown that they cannot be forged.</summary>
    public bool AllowUnverifiedApprovals { get; init; }
}
