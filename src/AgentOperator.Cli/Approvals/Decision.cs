using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Control;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Authentication;

namespace AgentOperator.Cli.Approvals;

/// <summary>Decides on one gate: shows what on, asks, creates the Approval, and says whether it counts.</summary>
/// <param name="cluster">Where.</param>
/// <param name="terminal">Who is asked.</param>
/// <param name="time">Clock.</param>
/// <param name="decision">One of <see cref="ApprovalDecisions"/>.</param>
internal sealed class Decision(Cluster cluster, Terminal terminal, TimeProvider time, string decision)
{
    // With what the server adds, a name may have 253 characters.
    private const int MaxPrefix = 200;
    private const int MaxNames = 300;

    public async Task<int> RunAsync(string name, string? gateName, string? comment, bool isSure, CancellationToken cancellation)
    {
        OpenGate gate = OpenGate.Choose(await new RunSpecReader(cluster).FillAsync(await cluster.WorkflowAsync(name, cancellation), cancellation), gateName);
        UserInfo user = await WhoAmIAsync(cancellation);
        string[] groups = [.. GroupsOf(gate.Gate.Policy).Intersect(user.Groups ?? [], StringComparer.Ordinal)];
        terminal.Write([.. GateText.Lines(gate, time.GetUtcNow()), new Line(new Span("  you are     ", Tone.Dim), new Span($"{user.Username}{(groups.Length > 0 ? $", as one of {string.Join(", ", groups)}" : "")}"))]);
        ApprovalSpec spec = new()
        {
            For = new ApprovalTarget { Kind = "Workflow", Name = name, Gate = gate.Name, Digest = gate.Gate.Digest! },
            Decision = decision,
            Comment = comment,
            User = user.Username!,
            Groups = groups.Length > 0 ? groups : null,
        };
        if (gate.Gate.Policy is { } policy && !Deciders.AreNamed(policy.Approvers, spec))
        {
            terminal.Warn($"kubectl-agents: a decision of {user.Username} would not count here, so none was made: the gate asks for {PlainText.Shorten(string.Join(", ", NamesOf(policy.Approvers)), MaxNames)}");
            return ExitCodes.No;
        }

        if (!isSure && !await IsConfirmedAsync(gate, cancellation))
        {
            terminal.Warn("Nothing was decided.");
            return ExitCodes.No;
        }

        Approval approval = await cluster.Client.Resource<Approval>(cluster.Namespace).CreateAsync(
            new Approval
            {
                Metadata = new ObjectMeta { GenerateName = PlainPrefix(name, gate.Name), Namespace = cluster.Namespace },
                Spec = spec,
            },
            cancellation);
        return await TellAsync(name, gate, approval, cancellation);
    }

    private async Task<int> TellAsync(string name, OpenGate gate, Approval approval, CancellationToken cancellation)
    {
        string done = $"{(decision == ApprovalDecisions.Approve ? "approved" : "rejected")}: {gate.Name} of workflow/{name} (approval/{approval.Metadata.Name})";
        Workflow? seen = await new Requests(cluster, terminal, time).UntilAsync(name, candidate => IsSeen(candidate, gate, approval), cancellation);
        GateStatus? now = seen is null ? null : StatusOf(seen, gate);
        if (now?.Ignored?.FirstOrDefault(ignored => ignored.Contains(approval.Metadata.Name!, StringComparison.Ordinal)) is { } ignored)
        {
            terminal.Warn($"kubectl-agents: {approval.Metadata.Name} was created, but does not count: {ignored}");
            return ExitCodes.No;
        }

        terminal.Out.WriteLine(done);
        terminal.Out.WriteLine((seen, now) switch
        {
            (null, _) => "the operator has not counted it yet: kubectl agents approvals shows when it has",
            (_, { Missing: { Length: > 0 } missing, Progress: var progress }) when OpenGate.Of(seen).Any(open => open.Name == gate.Name && open.Gate.Digest == gate.Gate.Digest) => $"{progress} approved; {missing}",
            _ => $"the gate has been decided: {seen.Status?.Message}",
        });
        return ExitCodes.Ok;
    }

    private async Task<bool> IsConfirmedAsync(OpenGate gate, CancellationToken cancellation)
    {
        if (!terminal.CanAsk)
        {
            throw new CliException($"nobody is there to be asked: read what is above, then repeat with --yes to {decision.ToLowerInvariant()} it", ExitCodes.Usage);
        }

        await terminal.Out.WriteAsync($"{decision} {gate.Name}? [y/N] ");
        await terminal.Out.FlushAsync(cancellation);
        return (await terminal.In.ReadLineAsync(cancellation))?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    private async Task<UserInfo> WhoAmIAsync(CancellationToken cancellation)
    {
        SelfSubjectReview review = await cluster.Client.Resource<SelfSubjectReview>().CreateAsync(new SelfSubjectReview(), cancellation);
        return review.Status?.UserInfo is { Username.Length: > 0 } user ? user : throw new CliException("the server does not say who you are (SelfSubjectReview): log in again");
    }

    private static bool IsSeen(Workflow workflow, OpenGate gate, Approval approval) => StatusOf(workflow, gate) is not { } now
        || !OpenGate.Of(workflow).Any(open => open.Name == gate.Name && open.Gate.Digest == gate.Gate.Digest)
        || now.ApprovedBy?.Contains(approval.Spec.User) == true
        || now.Ignored?.Any(ignored => ignored.Contains(approval.Metadata.Name!, StringComparison.Ordinal)) == true;

    private static GateStatus? StatusOf(Workflow workflow, OpenGate gate) => workflow.Status?.Steps?.FirstOrDefault(step => step.Name == gate.Name)?.Gate;

    private static string PlainPrefix(string workflow, string gate) => PlainText.Shorten($"{workflow}-{gate}", MaxPrefix).TrimEnd('…', '-', '.') + "-";

    private static IEnumerable<string> NamesOf(Approvers approvers) =>
        (approvers.Users ?? []).Concat(approvers.ServiceAccounts ?? []).Concat((approvers.Groups ?? []).Select(static group => $"group {group}"));

    /// <summary>The groups that the gate asks about: nobody says more of themselves than they need.</summary>
    private static IEnumerable<string> GroupsOf(GatePolicy? policy) =>
        (policy?.Approvers.Groups ?? []).Concat(policy?.RequiredGroups ?? []).Concat((policy?.Floors ?? []).SelectMany(static floor => floor.Groups ?? [])).Distinct(StringComparer.Ordinal);
}
