using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.RunSpecs;

namespace AgentOperator.Bench.Scale;

/// <summary>The size of a status that has much to tell: every step gives a result, every other one was tried twice and said why, the last fails and all are undone. From the decider alone: what it decides is what is written.</summary>
internal static class StatusBench
{
    private const int Steps = 500;
    private const int Width = 20;
    private const int Seed = 20260501;
    private const double BytesInKibibyte = 1024;

    private static readonly string Sentence = new('x', 300);
    private static readonly string Result = $$"""{"result":"{{new string('r', 100)}}"}""";

    public static IReadOnlyList<Measurement> Run()
    {
        Workflow workflow = Saga();
        Dictionary<string, AttemptObservation> seen = new(StringComparer.Ordinal);
        int largest = 0;
        int decisions = 0;
        TimeSpan time = TimeSpan.Zero;
        while (!WorkflowPhases.IsFinal(workflow.Status?.Phase))
        {
            long started = TimeProvider.System.GetTimestamp();
            WorkflowDecision decision = WorkflowDecider.Decide(workflow, new Observed { Attempts = seen }, TimeProvider.System.GetUtcNow());
            time += TimeProvider.System.GetElapsedTime(started);
            decisions++;
            workflow = workflow with { Status = decision.Status };
            largest = Math.Max(largest, JsonSerializer.SerializeToUtf8Bytes(RunSpecStore.Strip(decision.Status), ApiJsonContext.Default.WorkflowStatus).Length);
            foreach (AttemptStart start in decision.Starts)
            {
                seen[start.Job] = End(start, workflow.Spec.Steps);
            }
        }

        return
        [
            new Measurement("status.500_steps_saga_kib", largest / BytesInKibibyte, "KiB", 256),
            new Measurement("decide.500_steps_ms", time.TotalMilliseconds / decisions, "ms", null),
        ];
    }

    private static Workflow Saga()
    {
        Workflow dag = Workloads.Dags.Of("status", "saga", Steps, Width, Seed);
        return dag with
        {
            Metadata = dag.Metadata with { Uid = Guid.Empty.ToString(), Generation = 1 },
            Spec = dag.Spec with
            {
                Steps =
                [
                    .. dag.Spec.Steps.Select(static step => step with
                    {
                        Outputs = [new StepOutput { Name = "result" }],
                        Retry = new RetryPolicy { Limit = 1 },
                        Compensate = new StepCompensation { Container = step.Container },
                    }),
                ],
            },
        };
    }

    private static AttemptObservation End(AttemptStart start, IReadOnlyList<WorkflowStep> steps)
    {
        bool isLast = start.Step.Name == steps[^1].Name && start.Part == StepPart.Steps;
        bool isTriedTwice = start.Part == StepPart.Steps && start.Step.Name[^1] % 2 == 0;
        return isLast || (isTriedTwice && start.Attempt == 1)
            ? new AttemptObservation { State = AttemptState.Failed, Pod = new PodObservation { ExitCode = 1, TerminationMessage = Sentence } }
            : new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = Result } };
    }
}
