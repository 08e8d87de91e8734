using AgentOperator.Local.ControlPlane;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class ApiServerFlagsTests
{
    [Fact]
    public void The_server_is_started_with_nothing_but_what_a_real_one_takes_too()
    {
        string[] shared =
        [
            .. File.ReadLines(Path.Combine(Repository(), "local", "controlplane", "README.md"))
                .SkipWhile(static line => line != "```flags").Skip(1)
                .TakeWhile(static line => line != "```")
                .Select(static line => line.Split('=')[0]),
        ];
        shared.Length.ShouldBeGreaterThan(20);

        ApiServer.Arguments(new Credentials("/keys", "", "", ""), new LocalClusterOptions { AuditPolicyFile = "/policy", AuditLogFile = "/log" }, etcdPort: 1, port: 2).Select(static argument => argument.Split('=')[0]).ShouldBeSubsetOf(shared);
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "AgentOperator.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
