using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>A user of the cluster, by impersonation: the API server then sees that user and nobody else.</summary>
internal sealed class Person(Kubectl kubectl, string ns, string name, params string[] groups)
{
    public string Name => name;

    private string[] Identity => [$"--as={name}", .. groups.Select(static group => $"--as-group={group}"), "--namespace", ns];

    /// <summary>Lets the person do what a role of the cluster says, in the namespace of the test.</summary>
    public async Task<Person> WithRoleAsync(string role)
    {
        await kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "rolebinding", $"r-{Guid.NewGuid():N}"[..12], $"--clusterrole={role}", $"--user={name}", "--namespace", ns);
        return this;
    }

    /// <summary>Runs kubectl as this person.</summary>
    public Task<(int Code, string Output, string Error)> TryAsync(params string[] arguments) => kubectl.TryAsync(TestContext.Current.CancellationToken, [.. arguments, .. Identity]);

    /// <summary>Applies YAML as this person; returns what is said against it.</summary>
    public async Task<string> CreateAsync(string yaml)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, yaml);
            return (await TryAsync("create", "-f", file)).Error;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Decides; returns what is said against it.</summary>
    public Task<string> DecideAsync(string workflow, string gate, string digest, string decision, params string[] inTheNameOf) => CreateAsync(Yaml(workflow, gate, digest, decision, name, inTheNameOf));

    /// <summary>An Approval in whoever's name.</summary>
    public static string Yaml(string workflow, string gate, string digest, string decision, string user, params string[] groups) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Approval
        metadata: { generateName: a- }
        spec:
          for: { kind: Workflow, name: {{workflow}}, gate: {{gate}}, digest: "{{digest}}" }
          decision: {{decision}}
          comment: as agreed
          user: "{{user}}"
          groups: [{{string.Join(", ", groups)}}]
        """;
}
