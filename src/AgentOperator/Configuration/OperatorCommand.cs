using System.CommandLine;
using AgentOperator.Hosting;

namespace AgentOperator.Configuration;

/// <summary>The command line.</summary>
internal sealed class OperatorCommand
{
    /// <summary>Dapr's own name for it.</summary>
    private const string TokenVariable = "APP_API_TOKEN";

    private static readonly OperatorOptions Defaults = new();

    private const int MostParallel = 500;

    private readonly Setting<string?> _kubeConfig = new("--kubeconfig", "Kubeconfig file. Default: KUBECONFIG, the pod's service account, or ~/.kube/config.", null, SettingTexts.Text);
    private readonly Setting<IReadOnlyList<string>> _namespaces = new("--namespace", "Namespaces to work in, with commas between them. Default: all.", Defaults.Namespaces, SettingTexts.Namespaces);
    private readonly Setting<int> _workers = new("--workers", $"Objects of one kind reconciled at the same time. Default: {Defaults.Workers}.", Defaults.Workers, SettingTexts.Integer(1, 256));
    private readonly Setting<int?> _parallel = new("--max-parallel-steps", "Most steps under way at once over all namespaces; what comes on top waits, the higher spec.priority first. Default: no limit.", null, SettingTexts.Limit(1, MostParallel));
    private readonly Setting<int?> _parallelInNamespace = new("--max-parallel-steps-per-namespace", "Most steps under way at once in each namespace. Default: no limit.", null, SettingTexts.Limit(1, MostParallel));
    private readonly Setting<bool> _elect = new("--leader-elect", "Work only while holding a Lease, so that several replicas can run. Default: true.", Defaults.LeaderElect, SettingTexts.Boolean);
    private readonly Setting<bool> _sharding = new("--sharding", "All replicas work, each on its part of the objects, in place of one that does everything. The same for all replicas. Default: false.", Defaults.Sharding, SettingTexts.Boolean);
    private readonly Setting<string?> _leaseNamespace = new("--lease-namespace", "Namespace of the Lease. Default: the pod's own, or the kubeconfig's.", null, SettingTexts.Namespace);
    private readonly Setting<TimeSpan> _leaseDuration = new("--lease-duration", $"How long a silent leader is respected. Default: {Defaults.LeaseDuration.TotalSeconds:0}s.", Defaults.LeaseDuration, SettingTexts.Time(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
    private readonly Setting<BindAddress?> _metrics = new("--metrics-bind-address", $"Where /metrics is served; 0 for nowhere. Default: {Defaults.Metrics}.", Defaults.Metrics, BindAddress.Parse);
    private readonly Setting<BindAddress?> _probes = new("--health-probe-bind-address", $"Where /healthz and /readyz are served; 0 for nowhere. Default: {Defaults.Probes}.", Defaults.Probes, BindAddress.Parse);
    private readonly Setting<BindAddress?> _channel = new("--channel-bind-address", "Where pods bring results and reports, over TLS; 0 for nowhere, and results have at most 4096 bytes. Default: 0.", Defaults.Channel, BindAddress.Parse);
    private readonly Setting<string?> _channelUrl = new("--channel-url", "How pods reach the channel. Default: the Service agentoperator-channel, or the bind address where it names one.", null, SettingTexts.HttpsUrl);
    private readonly Setting<BindAddress?> _webhooks = new("--webhook-bind-address", "Where webhooks of triggers are taken, without TLS: put an Ingress or Gateway before it; 0 for nowhere. Default: 0.", Defaults.Webhooks, BindAddress.Parse);
    private readonly Setting<BindAddress?> _daprApp = new("--dapr-app-bind-address", "Where the operator's own Dapr sidecar brings messages of topics; needs APP_API_TOKEN; 0 for nowhere. Default: 0.", Defaults.DaprApp, BindAddress.Parse);
    private readonly Setting<string> _daprAppId = new("--dapr-app-id", $"App-id of the operator's own Dapr sidecar. Default: {Defaults.DaprAppId}.", Defaults.DaprAppId, static text => text);
    private readonly Setting<string> _runtimeImage = new("--agent-runtime-image", $"Image of the agent runtime: of agents that bring none of their own, and of agent, prompt and tool steps. Default: {Defaults.AgentRuntimeImage}.", Defaults.AgentRuntimeImage, static text => text);
    private readonly Setting<string?> _otlp = new("--agent-otlp-endpoint", "Where agents send traces and metrics by OTLP, such as http://otel-collector.observability:4317. Default: nowhere.", null, SettingTexts.Url);
    private readonly Setting<string?> _prices = new("--price-catalogue", "ConfigMap in the operator's namespace with the prices of models in its key prices.json. Default: none.", null, SettingTexts.Text);

    private readonly Setting<string?> _floors = new("--approval-floors", "ConfigMap in the operator's namespace that says in its key floors.json what approvals need at least. Default: none.", null, SettingTexts.Text);
    private readonly Setting<bool> _unverified = new("--allow-unverified-approvals", "Let Approvals count although it was not shown that they cannot be forged. Default: false.", Defaults.AllowUnverifiedApprovals, SettingTexts.Boolean);

    /// <summary>Every setting, in the order of <c>--help</c>.</summary>
    public IReadOnlyList<ISetting> Settings => [_kubeConfig, _namespaces, _workers, _parallel, _parallelInNamespace, _elect, _sharding, _leaseNamespace, _leaseDuration, _metrics, _probes, _channel, _channelUrl, _webhooks, _daprApp, _daprAppId, _runtimeImage, _otlp, _prices, _floors, _unverified];

    public RootCommand Create()
    {
        RootCommand root = new("Runs AI agents and agentic workflows on Kubernetes. Each option can be given as the environment variable beside it; a flag wins.");
        foreach (ISetting setting in Settings)
        {
            root.Options.Add(setting.Option);
        }

        root.SetAction((arguments, cancellation) => RunAsync(arguments, EnvironmentVariables.Read(), cancellation));
        return root;
    }

    /// <summary>The options of a command line and an environment, and all that is wrong with them.</summary>
    public (OperatorOptions Options, IReadOnlyList<string> Problems) Read(ParseResult arguments, IReadOnlyDictionary<string, string> environment)
    {
        List<string> problems = [];
        OperatorOptions options = new()
        {
            KubeConfig = _kubeConfig.From(arguments, environment, problems),
            Namespaces = _namespaces.From(arguments, environment, problems),
            Workers = _workers.From(arguments, environment, problems),
            MaxParallelSteps = _parallel.From(arguments, environment, problems),
            MaxParallelStepsPerNamespace = _parallelInNamespace.From(arguments, environment, problems),
            LeaderElect = _elect.From(arguments, environment, problems),
            Sharding = _sharding.From(arguments, environment, problems),
            LeaseNamespace = _leaseNamespace.From(arguments, environment, problems),
            LeaseDuration = _leaseDuration.From(arguments, environment, problems),
            Metrics = _metrics.From(arguments, environment, problems),
            Probes = _probes.From(arguments, environment, problems),
            Channel = _channel.From(arguments, environment, problems),
            ChannelUrl = _channelUrl.From(arguments, environment, problems),
            Webhooks = _webhooks.From(arguments, environment, problems),
            DaprApp = _daprApp.From(arguments, environment, problems),
            DaprAppId = _daprAppId.From(arguments, environment, problems),
            DaprAppToken = Environment.GetEnvironmentVariable(TokenVariable),
            AgentRuntimeImage = _runtimeImage.From(arguments, environment, problems),
            AgentOtlpEndpoint = _otlp.From(arguments, environment, problems),
            PriceCatalogue = _prices.From(arguments, environment, problems),
            ApprovalFloors = _floors.From(arguments, environment, problems),
            AllowUnverifiedApprovals = _unverified.From(arguments, environment, problems),
        };
        if (options is { DaprApp: not null, DaprAppToken: null or "" })
        {
            problems.Add($"--dapr-app-bind-address needs {TokenVariable}: the same token that the sidecar has by dapr.io/app-token-secret.");
        }

        if (options is { Sharding: true, LeaderElect: false })
        {
            problems.Add("--sharding shares the work by Leases: leave --leader-elect=false out.");
        }

        problems.AddRange(EnvironmentVariables.Unknown(environment, Settings).Select(static name => $"{name} is not a variable of the operator: see --help."));
        return (options, problems);
    }

    private async Task<int> RunAsync(ParseResult arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        (OperatorOptions options, IReadOnlyList<string> problems) = Read(arguments, environment);
        foreach (string problem in problems)
        {
            await Console.Error.WriteLineAsync($"agent-operator: {problem}");
        }

        return problems.Count == 0 ? await OperatorHost.RunAsync(options, cancellation) : 1;
    }
}
