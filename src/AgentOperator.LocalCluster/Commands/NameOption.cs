using System.CommandLine;

namespace AgentOperator.Local.Commands;

/// <summary><c>--name</c>, which every command has.</summary>
internal static class NameOption
{
    public static Option<string> Create() => new("--name") { Description = "Name of the cluster", DefaultValueFactory = static _ => "default", HelpName = "NAME" };
}
