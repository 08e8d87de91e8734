using System.CommandLine.Parsing;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Output;

/// <summary>Options that are durations, <c>90s</c> or <c>1h30m</c>.</summary>
internal static class Durations
{
    public static TimeSpan? Parse(ArgumentResult result)
    {
        try
        {
            return new Duration(result.Tokens[0].Value).ToTimeSpan();
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return null;
        }
    }
}
