using System.Threading.Channels;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace AgentOperator.Demo;

/// <summary>Shows a run while it goes on: a live table on a terminal, a line for each change elsewhere.</summary>
internal sealed class RunWatch(KubeClient client, ObjectKey key)
{
    private readonly ObjectStore<Workflow> _store = new();
    private readonly Channel<Workflow> _changes = Channel.CreateUnbounded<Workflow>();
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>The Workflow once a run that this watch saw has ended, or waits for people at a gate that is not one of those already decided.</summary>
    public async Task<Workflow> UntilOverAsync(long generation, IReadOnlySet<string> decided, CancellationToken cancellation)
    {
        Reflector<Workflow> reflector = new(
            new ApiObjectSource<Workflow>(client.Resource<Workflow>(key.Namespace), fieldSelector: $"metadata.name={key.Name}"),
            _store,
            TimeProvider.System,
            new Random(),
            NullLogger<Reflector<Workflow>>.Instance);
        _store.Subscribe((_, after) =>
        {
            if (after is not null)
            {
                _changes.Writer.TryWrite(after);
            }
        });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reflecting = reflector.RunAsync(stop.Token);
        try
        {
            return AnsiConsole.Profile.Capabilities.Interactive
                ? await AnsiConsole.Live(new Text("")).StartAsync(live => FollowAsync(generation, decided, workflow => live.UpdateTarget(RunTable.Of(workflow)), cancellation))
                : await FollowAsync(generation, decided, Tell, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await reflecting;
        }
    }

    /// <summary>The gate that waits for people, if one does.</summary>
    public static GateStatus? OpenGate(Workflow workflow) =>
        workflow.Status?.Steps?.FirstOrDefault(static step => step is { Phase: StepPhases.Waiting, Gate: { Digest: not null, OpenedAt: not null } })?.Gate;

    private async Task<Workflow> FollowAsync(long generation, IReadOnlySet<string> decided, Action<Workflow> show, CancellationToken cancellation)
    {
        await foreach (Workflow workflow in _changes.Reader.ReadAllAsync(cancellation))
        {
            show(workflow);
            bool isEnded = WorkflowPhases.IsFinal(workflow.Status?.Phase) || workflow.Status?.Conditions?.Any(static condition => condition is { Type: "Stalled", Status: ConditionStatus.True }) == true;
            if ((isEnded || (OpenGate(workflow) is { } gate && !decided.Contains(gate.Digest!))) && workflow.Status!.ObservedGeneration >= generation)
            {
                return workflow;
            }
        }

        throw new InvalidOperationException("The watch has no end of its own.");
    }

    private void Tell(Workflow workflow)
    {
        foreach (StepStatus step in workflow.Status?.Steps ?? [])
        {
            string line = $"  {step.Name,-8} {step.Phase,-10} {(step.Attempt > 1 ? $"attempt {step.Attempt}  " : "")}{RunTable.Detail(step)}";
            if (step.Phase != StepPhases.Pending && _told.GetValueOrDefault(step.Name) != line)
            {
                _told[step.Name] = line;
                Console.WriteLine(line);
            }
        }
    }
}
