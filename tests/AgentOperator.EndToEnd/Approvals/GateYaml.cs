namespace AgentOperator.EndToEnd.Approvals;

/// <summary>Workflows with gates.</summary>
internal static class GateYaml
{
    /// <summary>Two of sre must approve before the deployment.</summary>
    public static string Deploy(int quorum = 2, string token = "1", string more = "") => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: deploy }
        spec:
          runToken: "{{token}}"
          params: [{ name: version, type: string, value: 1.4.2 }]
          steps:
            - { name: build, container: { image: "agent-operator/samples:0.1", command: ["true"] } }
            - name: approve-production
              needs: [build]
              approval: { approvers: { groups: [sre] }, quorum: {{quorum}}, message: "Ship {% raw %}?"{{more}} }
            - { name: deploy, needs: [approve-production], container: { image: "agent-operator/samples:0.1", command: ["true"] } }
        """.Replace("{% raw %}", "{{ params.version }}", StringComparison.Ordinal);
}
