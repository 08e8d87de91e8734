namespace AgentOperator.EndToEnd.Agents;

/// <summary>Agents of tests.</summary>
internal static class AgentYaml
{
    /// <summary>A server that takes connections on the pod's port and says nothing.</summary>
    private const string Server = "$s = IO::Socket::INET->new(LocalAddr => $ENV{POD_IP}, LocalPort => 8080, Listen => 9, ReuseAddr => 1) or die $!; $SIG{TERM} = sub { exit 0 }; while (my $c = $s->accept) { close $c }";

    /// <summary>An Agent with a server of its own, which becomes ready on the local cluster.</summary>
    /// <param name="more">Further lines of the spec, indented by two.</param>
    /// <param name="deployment">A further field of deployment.</param>
    public static string Own(string more = "", string deployment = "imagePullPolicy: IfNotPresent") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Agent
        metadata: { name: reviewer }
        spec:
          deployment:
            image: agent-operator/samples:0.1
            {{deployment}}
            command: [perl, -MIO::Socket::INET, -e, '{{Server}}']
        {{more}}
        """;

    /// <summary>An Agent of our runtime. Nothing here needs its pods to start.</summary>
    public static string Ours(string more = "", string prompt = "systemPrompt: You review.") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Agent
        metadata: { name: reviewer }
        spec:
          models: [{ provider: anthropic, name: claude-sonnet-4-5, apiKey: { secretKeyRef: { name: anthropic, key: api-key } } }]
          {{prompt}}
          skills: [{ name: review.analyze }]
        {{more}}
        """;

    public static string Secret(string value) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: { name: anthropic }
        stringData: { api-key: "{{value}}" }
        """;

    public static string Prompt(string message) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: PromptTemplate
        metadata: { name: code-reviewer }
        spec: { template: { messages: [{ role: system, content: "{{message}}" }] } }
        """;
}
