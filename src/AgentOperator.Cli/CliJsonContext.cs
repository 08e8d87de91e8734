using System.Text.Json.Serialization;
using AgentOperator.Cli.Approvals;
using AgentOperator.Cli.Linting;
using AgentOperator.Cli.Logs;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli;

/// <summary>JSON of <c>-o json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<FindingDocument>))]
[JsonSerializable(typeof(IReadOnlyList<GateView>))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(IReadOnlyList<RunView>))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
