using System.Text.Json;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Approvals;

/// <summary>What somebody has to know before they decide.</summary>
internal static class GateText
{
    private const int MaxValue = 200;

    public static IReadOnlyList<Line> Lines(OpenGate gate, DateTimeOffset now)
    {
        List<Line> lines = [new Line(new Span($"Gate {gate.Name} of workflow/{gate.Workflow.Metadata.Name} in namespace {gate.Workflow.Metadata.Namespace}", Tone.Strong))];
        WorkflowStatus status = gate.Workflow.Status!;
        Add("run", $"{status.Run}{(gate.Step.Status?.Visit is { } visit ? $", visit {visit} of the gate" : "")}");
        Add("spec", status.SpecDigest);
        Add("decided on", gate.Gate.Digest);
        Add("open", gate.Gate.OpenedAt is { } opened ? $"since {Times.Moment(opened.Value, now)}" : null);
        Add("deadline", gate.Gate.Deadline is { } deadline ? $"{Times.Moment(deadline.Value, now)}; then {gate.Gate.Policy?.OnTimeout}" : null);
        Add("changed by", status.Authors is { Count: > 0 } authors ? string.Join(", ", authors.Select(static author => author == AuthorNames.Unknown ? "somebody unknown" : author)) : "nobody knows: who changed the spec was not recorded");
        AddPolicy(gate.Gate.Policy);
        Add("approved", $"{gate.Gate.Progress}{(gate.Gate.ApprovedBy is { Count: > 0 } users ? $" by {string.Join(", ", users)}" : "")}");
        Add("missing", gate.Gate.Missing?.Replace("missing: ", "", StringComparison.Ordinal));
        Add("problem", gate.Gate.Problem);
        Add("voided", gate.Gate.Voided);
        foreach (WorkflowParameter parameter in status.RunSpec?.Params ?? gate.Workflow.Spec.Params ?? [])
        {
            Add("input", $"{parameter.Name} = {Value(parameter.Value)}");
        }

        foreach (RunStep step in Before(gate))
        {
            foreach ((string name, JsonElement value) in step.Status?.Outputs ?? new Dictionary<string, JsonElement>())
            {
                Add("result", $"{step.Name}.{name} = {Value(value)}");
            }

            foreach ((string name, OutputReference reference) in step.Status?.References ?? new Dictionary<string, OutputReference>())
            {
                Add("result", $"{step.Name}.{name} = {reference.Bytes} bytes in ConfigMap {reference.ConfigMap}, sha256 {reference.Sha256}");
            }
        }

        foreach (string line in (gate.Gate.Message ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Add("message", line);
        }

        return lines;

        void Add(string what, string? text)
        {
            if (text is { Length: > 0 })
            {
                lines.Add(new Line(new Span($"  {what,-12}", Tone.Dim), new Span(text)));
            }
        }

        void AddPolicy(GatePolicy? policy)
        {
            if (policy is null)
            {
                return;
            }

            Add("who may", string.Join("; ", ((string[])[Names("users", policy.Approvers.Users), Names("groups", policy.Approvers.Groups), Names("service accounts", policy.Approvers.ServiceAccounts)]).Where(static part => part.Length > 0)));
            Add("how many", $"{policy.Quorum}{(policy.RequiredGroups is { Count: > 0 } groups ? $", one at least of each of the groups {string.Join(", ", groups)}" : "")}; {(policy.AllowSelf ? "who changed it may approve it too" : "who changed it may not approve it")}");
            foreach (GateFloor floor in policy.Floors ?? [])
            {
                Add("cluster asks", $"{floor.Quorum}{(floor.Groups is { Count: > 0 } of ? $" of {string.Join(", ", of)}" : "")} ({floor.Name})");
            }
        }
    }

    private static string Names(string what, IReadOnlyList<string>? names) => names is { Count: > 0 } ? $"{what} {string.Join(", ", names)}" : "";

    private static string Value(JsonElement? value) => PlainText.Shorten(value is { ValueKind: not JsonValueKind.Undefined } json ? json.GetRawText() : "null", MaxValue);

    /// <summary>The steps that had to end before the gate opened: what it decides on.</summary>
    private static IEnumerable<RunStep> Before(OpenGate gate)
    {
        Dictionary<string, RunStep> steps = RunSteps.Ordinary(gate.Workflow).ToDictionary(static step => step.Name, StringComparer.Ordinal);
        HashSet<string> before = new(StringComparer.Ordinal);
        Queue<string> open = new(gate.Step.Step?.Needs ?? []);
        while (open.TryDequeue(out string? name))
        {
            if (before.Add(name) && steps.TryGetValue(name, out RunStep step))
            {
                foreach (string need in step.Step?.Needs ?? [])
                {
                    open.Enqueue(need);
                }
            }
        }

        return steps.Values.Where(step => before.Contains(step.Name));
    }
}
