using System.Globalization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Configuration;

/// <summary>How the texts of settings are read.</summary>
internal static class SettingTexts
{
    private const int LongestNamespace = 63;

    public static string? Text(string text) => text;

    /// <summary>Base of https addresses.</summary>
    public static string? HttpsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps && url.Query.Length == 0
        ? text
        : throw new FormatException("must be an address such as https://agentoperator-channel.agentoperator-system.svc:8443");

    /// <summary>An address with its scheme.</summary>
    public static string? Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? text : throw new FormatException("must be a URL such as http://otel-collector.observability:4317");

    public static bool Boolean(string text) =>
        bool.TryParse(text, out bool value) ? value : throw new FormatException("must be true or false");

    public static Func<string, int> Integer(int least, int most) => text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new FormatException($"must be a whole number between {least} and {most}");

    /// <summary>A number that may also be left out.</summary>
    public static Func<string, int?> Limit(int least, int most) => text => Integer(least, most)(text);

    /// <summary>Seconds as a number, or a duration as Go writes it.</summary>
    public static Func<string, TimeSpan> Time(TimeSpan least, TimeSpan most) => text =>
    {
        FormatException refusal = new($"must be between {least.TotalSeconds:0} and {most.TotalSeconds:0} seconds, written as 15 or 15s");
        TimeSpan value;
        try
        {
            value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= most.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : new Duration(text).ToTimeSpan();
        }
        catch (FormatException)
        {
            throw refusal;
        }

        return value >= least && value <= most ? value : throw refusal;
    };

    /// <summary>Names of namespaces, with commas between them.</summary>
    public static IReadOnlyList<string> Namespaces(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(IsNamespace)
            ? [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : throw new FormatException("must be names of namespaces with commas between them, such as team-a,team-b");
    }

    /// <summary>The name of one namespace.</summary>
    public static string? Namespace(string text) =>
        IsNamespace(text) ? text : throw new FormatException("must be the name of a namespace, such as team-a");

    private static bool IsNamespace(string text) =>
        text.Length is > 0 and <= LongestNamespace
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text[0] != '-'
        && text[^1] != '-';
}
