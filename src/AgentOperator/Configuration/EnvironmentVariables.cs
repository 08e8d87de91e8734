using System.Collections;

namespace AgentOperator.Configuration;

/// <summary>The variables of this process that are meant for the operator.</summary>
internal static class EnvironmentVariables
{
    public const string Prefix = "AGENTOPERATOR_";

    /// <summary><c>AGENTOPERATOR_LEASE_DURATION</c> for <c>--lease-duration</c>.</summary>
    public static string NameOf(string flag) => Prefix + flag.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    public static IReadOnlyDictionary<string, string> Read() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(static entry => ((string)entry.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>Names that no setting has. Those that Kubernetes makes of a Service's name are left out: nobody chose them.</summary>
    public static IEnumerable<string> Unknown(IReadOnlyDictionary<string, string> environment, IEnumerable<ISetting> settings) =>
        environment.Keys
            .Except(settings.Select(static setting => setting.Variable), StringComparer.Ordinal)
            .Where(static name => !name.Contains("_SERVICE_", StringComparison.Ordinal) && !name.Contains("_PORT", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
