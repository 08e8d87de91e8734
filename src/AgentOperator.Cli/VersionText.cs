using System.Reflection;

namespace AgentOperator.Cli;

/// <summary>The version of this build.</summary>
internal static class VersionText
{
    public static string Current { get; } = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
