using AgentOperator.AgentRuntime.Dapr;
using AgentOperator.AgentRuntime.Guard;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Memory;
using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.AgentRuntime.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>What an agent is made of, for a server and for a step.</summary>
internal sealed class AgentParts
{
    public required AgentPlan Plan { get; init; }

    public required IChatClient Models { get; init; }

    public required IReadOnlyList<IToolServer> ToolServers { get; init; }

    public required TimeProvider Time { get; init; }

    public required IGuard Guard { get; init; }

    public required UsageMeter Meter { get; init; }

    public required RuntimeTelemetry Telemetry { get; init; }

    public required Toolbox Toolbox { get; init; }

    /// <summary>Null without a sidecar.</summary>
    public DaprOptions? DaprOptions { get; init; }

    /// <summary>Null when there is no channel to the operator.</summary>
    public Func<ILoggerFactory, Reporter>? CreateReporter { get; init; }

    /// <summary>The parts for a plan and an environment; what is missing becomes a problem. <paramref name="models"/> take the place of the plan's.</summary>
    public static AgentParts Create(AgentPlan plan, Func<string, string?> environment, TimeProvider time, List<string> problems, IChatClient? models = null)
    {
        UsageMeter meter = new(time);
        Toolbox toolbox = new();
        return new AgentParts
        {
            Plan = plan,
            Models = models ?? ModelClients.Create(plan.Config, environment, time, problems)!,
            ToolServers = FindToolServers(plan, environment, time, problems),
            Time = time,
            Guard = new PatternGuard(plan.Config.Guard),
            Meter = meter,
            Telemetry = new RuntimeTelemetry(string.Equals(environment(GenAi.CaptureVariable), "true", StringComparison.OrdinalIgnoreCase)),
            Toolbox = toolbox,
            DaprOptions = plan.Config.Dapr is null ? null : ReadDapr(environment, problems),
            CreateReporter = Reporter.Factory(environment, meter, toolbox, time, problems),
        };
    }

    public AgentLoop CreateLoop(ILoggerFactory loggers) => new(
        Plan,
        new ModelCaller(Plan, Models, Meter, Telemetry, Time),
        new ToolRunner(Telemetry, Time),
        Toolbox,
        Guard,
        CreateMemory(loggers),
        Meter,
        Telemetry,
        Time,
        loggers.CreateLogger<AgentLoop>());

    public ToolKeeper CreateToolKeeper(ILoggerFactory loggers) => new(ToolServers, Toolbox, Time, loggers.CreateLogger<ToolKeeper>());

    private IConversationStore? CreateMemory(ILoggerFactory loggers) => Plan.Config switch
    {
        { Memory: { } memory, Dapr.StateStore: { } store } when DaprOptions is { } options => new DaprConversationStore(new DaprClient(options, Time), store, memory, loggers.CreateLogger<DaprConversationStore>()),
        { Memory: { } memory } => new ProcessConversationStore(memory, Time),
        _ => null,
    };

    private static DaprOptions? ReadDapr(Func<string, string?> environment, List<string> problems)
    {
        try
        {
            return DaprOptions.FromEnvironment(environment);
        }
        catch (FormatException error)
        {
            problems.Add(error.Message);
            return null;
        }
    }

    private static List<IToolServer> FindToolServers(AgentPlan plan, Func<string, string?> environment, TimeProvider time, List<string> problems) =>
        ToolServerFactory.Create(plan.Config, environment, time, problems);
}
