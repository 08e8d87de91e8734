using System.CommandLine;

namespace AgentOperator.Cli.Output;

/// <summary><c>-o</c>: text for people, or JSON for programs.</summary>
internal sealed class OutputFormat
{
    private const string Json = "json";

    private readonly Option<string?> _option;

    public OutputFormat()
    {
        _option = new Option<string?>("--output", "-o") { Description = "Print JSON instead of text", HelpName = Json };
        _option.AcceptOnlyFromAmong(Json);
    }

    public Option Option => _option;

    public bool IsJson(ParseResult arguments) => arguments.GetValue(_option) == Json;
}
