using System.CommandLine.Parsing;
using System.Globalization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Commands;

/// <summary>The optional value of <c>--simulated</c>.</summary>
internal static class Delay
{
    public static TimeSpan? Parse(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
        {
            return TimeSpan.Zero;
        }

        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        try
        {
            return new Duration(text).ToTimeSpan();
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return null;
        }
    }
}
