using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>The gate of a workflow, and people who may decide at it.</summary>
internal sealed class Gate(TestNamespace ns, Kubectl kubectl, string workflow = "deploy", string step = "approve-production")
{
    /// <summary>Somebody with the role of approvers.</summary>
    public async Task<Person> PersonAsync(string name, params string[] groups)
    {
        await kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac", "user-role-approver.yaml"));
        return await new Person(kubectl, ns.Name, name, groups).WithRoleAsync("agentoperator-approver");
    }

    /// <summary>The workflow once something holds of its gate.</summary>
    public Task<Workflow> UntilAsync(Func<StepStatus, bool> holds) => ns.UntilAsync<Workflow>(
        workflow, candidate => Of(candidate) is { } found && holds(found), candidate => $"{candidate.Status?.Message}: {Of(candidate)}");

    /// <summary>The digest that is to be approved, once the gate shows it.</summary>
    public async Task<string> DigestAsync(Func<GateStatus, bool>? holds = null) =>
        Of(await UntilAsync(found => found is { Phase: StepPhases.Waiting, Gate: { Digest: not null } gate } && (holds is null || holds(gate))))!.Gate!.Digest!;

    public StepStatus? Of(Workflow candidate) => candidate.Status?.Steps?.FirstOrDefault(found => found.Name == step);

    /// <summary>Approves and waits until it counts, or is put aside.</summary>
    public async Task ApproveAsync(Person person, string digest, params string[] groups) => (await person.DecideAsync(workflow, step, digest, ApprovalDecisions.Approve, groups)).ShouldBe("");
}
