namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Definitions of tests.</summary>
internal static class TriggerYaml
{
    public static string Secret { get; } = $$"""
        apiVersion: v1
        kind: Secret
        metadata: { name: hook }
        stringData: { secret: "{{HookCalls.Secret}}" }
        """;

    /// <summary>A definition with a param <c>said</c>, which its one step prints and gives as an output.</summary>
    /// <param name="triggers">Its triggers, one in a line, in YAML's flow style.</param>
    /// <param name="more">Further fields of its spec.</param>
    /// <param name="command">What its step does.</param>
    public static string Definition(string triggers, string more = "", string command = """[sh, -c, 'printf "{\"said\": \"%s\"}" "$0" > /dev/termination-log', "{{ params.said }}"]""") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: d }
        spec:
          params: [{ name: said, value: nothing }]
          triggers: [{{triggers}}]
          {{more}}
          steps:
          - name: say
            container: { image: "agent-operator/samples:0.1", command: {{command}} }
            outputs: [{ name: said }]
        """;

    public const string Push = """{ name: push, webhook: { secretKeyRef: { name: hook, key: secret } }, when: "event.headers['x-github-event'] == 'push'", params: [{ name: said, value: "{{ event.body.ref }}" }] }""";

    public const string Standard = """{ name: standard, webhook: { secretKeyRef: { name: hook, key: secret }, scheme: Standard }, params: [{ name: said, value: "{{ event.body.ref }}" }] }""";

    /// <summary>A step that goes on until the run is cancelled.</summary>
    public const string Endless = "[sleep, infinity]";
}
