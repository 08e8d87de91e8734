using AgentOperator.Configuration;

namespace AgentOperator.Tests.Configuration;

public sealed class OperatorCommandTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Without_anything_the_defaults_hold()
    {
        (OperatorOptions options, IReadOnlyList<string> problems) = Read("", None);

        problems.ShouldBeEmpty();
        options.Namespaces.ShouldBeEmpty();
        (options.Workers, options.LeaderElect, options.LeaseDuration).ShouldBe((16, true, TimeSpan.FromSeconds(15)));
        (options.Metrics!.Port, options.Probes!.Port).ShouldBe((8080, 8081));
    }

    [Fact]
    public void Every_setting_has_a_variable_and_the_flag_wins()
    {
        Dictionary<string, string> environment = new()
        {
            ["AGENTOPERATOR_KUBECONFIG"] = "/k",
            ["AGENTOPERATOR_NAMESPACE"] = "b, a,b",
            ["AGENTOPERATOR_WORKERS"] = "3",
            ["AGENTOPERATOR_MAX_PARALLEL_STEPS"] = "100",
            ["AGENTOPERATOR_MAX_PARALLEL_STEPS_PER_NAMESPACE"] = "20",
            ["AGENTOPERATOR_LEADER_ELECT"] = "false",
            ["AGENTOPERATOR_SHARDING"] = "false",
            ["AGENTOPERATOR_LEASE_NAMESPACE"] = "leases",
            ["AGENTOPERATOR_LEASE_DURATION"] = "1m",
            ["AGENTOPERATOR_METRICS_BIND_ADDRESS"] = "0",
            ["AGENTOPERATOR_HEALTH_PROBE_BIND_ADDRESS"] = "127.0.0.1:9",
            ["AGENTOPERATOR_CHANNEL_BIND_ADDRESS"] = ":8443",
            ["AGENTOPERATOR_CHANNEL_URL"] = "https://here:1",
            ["AGENTOPERATOR_WEBHOOK_BIND_ADDRESS"] = ":8080",
            ["AGENTOPERATOR_DAPR_APP_BIND_ADDRESS"] = "0",
            ["AGENTOPERATOR_DAPR_APP_ID"] = "me",
            ["AGENTOPERATOR_AGENT_RUNTIME_IMAGE"] = "runtime:2",
            ["AGENTOPERATOR_AGENT_OTLP_ENDPOINT"] = "http://collector:4317",
            ["AGENTOPERATOR_PRICE_CATALOGUE"] = "prices",
            ["AGENTOPERATOR_APPROVAL_FLOORS"] = "floors",
            ["AGENTOPERATOR_ALLOW_UNVERIFIED_APPROVALS"] = "true",
        };

        (OperatorOptions options, IReadOnlyList<string> problems) = Read("--workers 5", environment);

        problems.ShouldBeEmpty();
        options.KubeConfig.ShouldBe("/k");
        options.Namespaces.ShouldBe(["a", "b"]);
        options.Workers.ShouldBe(5);
        (options.MaxParallelSteps, options.MaxParallelStepsPerNamespace).ShouldBe((100, 20));
        options.LeaderElect.ShouldBeFalse();
        options.LeaseNamespace.ShouldBe("leases");
        options.LeaseDuration.ShouldBe(TimeSpan.FromMinutes(1));
        options.Metrics.ShouldBeNull();
        options.Probes!.ToString().ShouldBe("127.0.0.1:9");
        options.Channel!.ToString().ShouldBe(":8443");
        options.ChannelUrl.ShouldBe("https://here:1");
        (options.Webhooks!.ToString(), options.DaprApp, options.DaprAppId).ShouldBe((":8080", null, "me"));
        options.AgentRuntimeImage.ShouldBe("runtime:2");
        options.AgentOtlpEndpoint.ShouldBe("http://collector:4317");
        options.PriceCatalogue.ShouldBe("prices");
        options.ApprovalFloors.ShouldBe("floors");
        options.AllowUnverifiedApprovals.ShouldBeTrue();
        new OperatorCommand().Settings.Select(static setting => setting.Variable).Order().ShouldBe(environment.Keys.Order());
    }

    [Theory]
    [InlineData("--leader-elect", true)]
    [InlineData("--leader-elect=true", true)]
    [InlineData("--leader-elect=false", false)]
    [InlineData("--leader-elect false", false)]
    public void A_switch_may_have_a_value(string arguments, bool expected) =>
        Read(arguments, new() { ["AGENTOPERATOR_LEADER_ELECT"] = expected ? "false" : "true" }).Options.LeaderElect.ShouldBe(expected);

    [Theory]
    [InlineData("--namespace team-b --namespace team-a")]
    [InlineData("--namespace team-a,team-b")]
    public void Several_namespaces_may_be_given(string arguments) => Read(arguments, None).Options.Namespaces.ShouldBe(["team-a", "team-b"]);

    [Theory]
    [InlineData("--workers 0", "--workers must be a whole number between 1 and 256; it is \"0\".")]
    [InlineData("--workers many", "--workers must be a whole number between 1 and 256; it is \"many\".")]
    [InlineData("--workers 1 --workers 2", "--workers must be a whole number between 1 and 256; it is \"1,2\".")]
    [InlineData("--lease-duration 0.5", "--lease-duration must be between 1 and 3600 seconds, written as 15 or 15s; it is \"0.5\".")]
    [InlineData("--lease-duration 2h", "--lease-duration must be between 1 and 3600 seconds, written as 15 or 15s; it is \"2h\".")]
    [InlineData("--lease-duration soon", "--lease-duration must be between 1 and 3600 seconds, written as 15 or 15s; it is \"soon\".")]
    [InlineData("--namespace Team", "--namespace must be names of namespaces with commas between them, such as team-a,team-b; it is \"Team\".")]
    [InlineData("--namespace ,", "--namespace must be names of namespaces with commas between them, such as team-a,team-b; it is \",\".")]
    [InlineData("--leader-elect=maybe", "--leader-elect must be true or false; it is \"maybe\".")]
    [InlineData("--max-parallel-steps 0", "--max-parallel-steps must be a whole number between 1 and 500; it is \"0\".")]
    [InlineData("--sharding --leader-elect=false", "--sharding shares the work by Leases: leave --leader-elect=false out.")]
    [InlineData("--metrics-bind-address 8080", "--metrics-bind-address must be \":PORT\", \"IP:PORT\", or \"0\" for no server; it is \"8080\".")]
    public void What_cannot_be_is_refused_with_what_to_write(string arguments, string problem) => Read(arguments, None).Problems.ShouldBe([problem]);

    [Fact]
    public void All_problems_are_told_at_once_and_a_variable_is_named_by_its_name()
    {
        IReadOnlyList<string> problems = Read("--workers 0", new() { ["AGENTOPERATOR_LEASE_DURATION"] = "x", ["AGENTOPERATOR_LEASE_DURATIN"] = "15" }).Problems;

        problems.Count.ShouldBe(3);
        problems[1].ShouldStartWith("AGENTOPERATOR_LEASE_DURATION must be");
        problems[2].ShouldBe("AGENTOPERATOR_LEASE_DURATIN is not a variable of the operator: see --help.");
    }

    [Fact]
    public void Variables_that_Kubernetes_makes_of_a_service_of_that_name_are_nobodys_mistake() =>
        Read("", new() { ["AGENTOPERATOR_SERVICE_HOST"] = "10.0.0.1", ["AGENTOPERATOR_PORT"] = "tcp://10.0.0.1:80", ["AGENTOPERATOR_PORT_80_TCP"] = "x" }).Problems.ShouldBeEmpty();

    private static (OperatorOptions Options, IReadOnlyList<string> Problems) Read(string arguments, Dictionary<string, string> environment)
    {
        OperatorCommand command = new();
        return command.Read(command.Create().Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)), environment);
    }
}
