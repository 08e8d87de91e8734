using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Puts a workflow together, and with it the account of what must run.</summary>
internal sealed class ShapeBuilder(string ns, string name, Random random)
{
    /// <summary>Exit code of a step that fails on purpose.</summary>
    public const int ExitCode = 7;

    private readonly List<WorkflowStep> _steps = [];
    private readonly List<WorkflowStep> _finally = [];
    private readonly List<string> _attempts = [];
    private readonly List<(string Before, string After)> _orders = [];

    public Random Random { get; } = random;

    /// <summary>How an attempt is counted.</summary>
    public static string Line(string part, string step, int visit = 1, int attempt = 1) => FormattableString.Invariant($"{part}/{step}/{visit}/{attempt}");

    /// <summary>How an attempt at one item is counted.</summary>
    public static string ItemLine(string step, int item, int attempt = 1) => FormattableString.Invariant($"{Line("steps", step, 1, attempt)}/item-{item}");

    /// <summary>A step that counts itself.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="needs">What it needs.</param>
    /// <param name="script">What it does after it has counted itself.</param>
    /// <param name="visits">How often it is visited; 0 for a step that must not run.</param>
    /// <param name="attempts">Attempts of each visit.</param>
    /// <param name="with">What else there is to it.</param>
    public ShapeBuilder Step(string step, string[] needs, string script = "", int visits = 1, int attempts = 1, Func<WorkflowStep, WorkflowStep>? with = null)
    {
        WorkflowStep made = new() { Name = step, Needs = needs.Length == 0 ? null : needs, Container = Counted("steps", script.Length == 0 ? Pause() : script) };
        _steps.Add(with?.Invoke(made) ?? made);
        Expect("steps", step, visits, attempts);
        if (visits > 0)
        {
            _orders.AddRange(needs.Where(need => _attempts.Contains(Line("steps", need))).Select(need => (Line("steps", need), Line("steps", step))));
        }

        return this;
    }

    /// <summary>A step that is no Job.</summary>
    public ShapeBuilder Add(WorkflowStep step)
    {
        _steps.Add(step);
        return this;
    }

    /// <summary>One item of a step.</summary>
    public ShapeBuilder Item(string step, int item, int attempts)
    {
        _attempts.AddRange(Enumerable.Range(1, attempts).Select(attempt => ItemLine(step, item, attempt)));
        return this;
    }

    public ShapeBuilder Finally(string step)
    {
        _finally.Add(new WorkflowStep { Name = step, Container = Counted("finally", "") });
        Expect("finally", step, 1, 1);
        return this;
    }

    /// <summary>These undo their steps, in this order.</summary>
    public ShapeBuilder Undone(IReadOnlyList<string> steps, int attempts = 1)
    {
        foreach (string step in steps)
        {
            Expect("undo", step, 1, attempts);
        }

        _orders.AddRange(steps.Zip(steps.Skip(1)).Select(static pair => (Line("undo", pair.First), Line("undo", pair.Second))));
        return this;
    }

    public ShapeBuilder InOrder(string before, string after)
    {
        _orders.Add((before, after));
        return this;
    }

    public Shape Build(string kind, string phase, Func<WorkflowSpec, WorkflowSpec>? with = null)
    {
        WorkflowSpec spec = new() { Steps = _steps, Finally = _finally.Count == 0 ? null : _finally };
        return new Shape(kind, new Workflow { Metadata = new ObjectMeta { Name = name, Namespace = ns }, Spec = with?.Invoke(spec) ?? spec }, phase) { Attempts = _attempts, Orders = _orders };
    }

    /// <summary>A container that writes one line before it does anything else.</summary>
    public static ContainerStep Counted(string part, string script) => new()
    {
        Image = "agent-operator/counter:1",
        Command = ["/bin/sh", "-c", $"echo \"$AGENTOPERATOR_WORKFLOW {part}/$AGENTOPERATOR_STEP/$AGENTOPERATOR_VISIT/$AGENTOPERATOR_ATTEMPT${{AGENTOPERATOR_INDEX:+/item-$AGENTOPERATOR_INDEX}} $AGENTOPERATOR_POD_UID\" >> /count/ran; {script}"],
    };

    public static StepCompensation Undo(string script = "", RetryPolicy? retry = null) => new() { Container = Counted("undo", script), Retry = retry };

    /// <summary>Fails in every attempt up to this one.</summary>
    public static string FailUntil(int attempts) => FormattableString.Invariant($"test $AGENTOPERATOR_ATTEMPT -gt {attempts} || exit {ExitCode}");

    /// <summary>Writes the result <c>n</c>.</summary>
    public static string Give(int n) => FormattableString.Invariant($"printf '%s' '{{\"n\":{n}}}' > /dev/termination-log");

    public static IReadOnlyList<StepOutput> Number { get; } = [new StepOutput { Name = "n", Type = ValueTypes.Integer }];

    private string Pause() => Random.Next(3) == 0 ? FormattableString.Invariant($"sleep 0.{Random.Next(1, 9)}") : "true";

    private void Expect(string part, string step, int visits, int attempts)
    {
        for (int visit = 1; visit <= visits; visit++)
        {
            for (int attempt = 1; attempt <= attempts; attempt++)
            {
                _attempts.Add(Line(part, step, visit, attempt));
            }
        }
    }
}
