using System.CommandLine;
using AgentOperator.Cli.Output;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Cli.Connecting;

/// <summary>Which cluster and namespace, by kubectl's own options.</summary>
internal sealed class ClusterOptions(Terminal terminal, TimeProvider time)
{
    private readonly Option<string?> _kubeConfig = new("--kubeconfig") { Description = "Kubeconfig file. Default: KUBECONFIG, or ~/.kube/config", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> _context = new("--context") { Description = "Context of the kubeconfig. Default: its current one", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "Namespace. Default: that of the context", HelpName = "NAME", Recursive = true };

    private readonly Option<string?> _as = new("--as") { Description = "User to impersonate", HelpName = "USER", Recursive = true };
    private readonly Option<string[]> _asGroup = new("--as-group") { Description = "Group to impersonate, with --as", HelpName = "GROUP", Recursive = true };

    public IEnumerable<Option> Options => [_kubeConfig, _context, _namespace, _as, _asGroup];

    /// <summary>Connects; nothing is sent yet.</summary>
    public Cluster Open(ParseResult arguments)
    {
        KubeConnection connection = KubeConfigLoader.Load(arguments.GetValue(_kubeConfig), arguments.GetValue(_context));
        string[] groups = arguments.GetValue(_asGroup) ?? [];
        if (arguments.GetValue(_as) is { } user)
        {
            connection = connection with { Impersonate = new Impersonation(user) { Groups = groups } };
        }
        else if (groups.Length > 0)
        {
            throw new CliException("--as-group needs --as: name the user too", ExitCodes.Usage);
        }

        KubeClient client = new(connection, new KubeClientOptions { OnWarning = message => terminal.Warn($"warning: {message}"), UserAgent = $"kubectl-agents/{VersionText.Current}" }, time);
        return new Cluster(client, arguments.GetValue(_namespace) ?? connection.Namespace, connection.Server);
    }
}
