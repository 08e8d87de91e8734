namespace AgentOperator.EndToEnd.Agents;

/// <summary>Agents of our runtime whose models are scripts, and what they need.</summary>
internal static class ScriptedYaml
{
    /// <summary>An Agent with one skill, <c>run</c>, whose model is the key of ConfigMap scripts that has its name.</summary>
    /// <param name="name">Name of the Agent.</param>
    /// <param name="more">Further lines of the spec, indented by two.</param>
    /// <param name="schema">Further fields of the skill.</param>
    public static string Agent(string name, string more = "", string schema = "") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Agent
        metadata: { name: {{name}} }
        spec:
          models: [{ provider: scripted, name: scripted-{{name}}, script: { configMapKeyRef: { name: scripts, key: {{name}} } } }]
          systemPrompt: Secret words of the system.
          skills: [{ name: run{{(schema.Length == 0 ? "" : $", {schema}")}} }]
        {{more}}
        """;

    /// <summary>The ConfigMap scripts.</summary>
    /// <param name="scripts">By name, each one line of YAML: its rules.</param>
    public static string Scripts(params (string Name, string Rules)[] scripts) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: scripts }
        data:
        {{string.Join('\n', scripts.Select(static script => $"  {script.Name}: |\n    rules: {script.Rules}"))}}
        """;

    public static string Workflow(string steps, string more = "", string name = "w") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: {{name}} }
        spec:
        {{more}}
          steps:
          {{steps.ReplaceLineEndings("\n  ")}}
        """;

    /// <summary>A server in Python and the Service in front of it, on port 8080.</summary>
    public static string Server(string name, string program) => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}}, labels: { app: {{name}} } }
        spec:
          terminationGracePeriodSeconds: 0
          automountServiceAccountToken: false
          securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: RuntimeDefault } }
          containers:
          - name: server
            image: agent-operator/samples:0.1
            env: [{ name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }]
            ports: [{ containerPort: 8080 }]
            readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
            command:
            - python3
            - -c
            - |
              {{program.ReplaceLineEndings("\n      ")}}
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}} }
        spec: { selector: { app: {{name}} }, ports: [{ port: 8080 }] }
        """;
}
