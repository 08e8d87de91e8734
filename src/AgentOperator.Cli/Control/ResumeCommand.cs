using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Cli.Control;

/// <summary><c>resume</c>: lets a suspended Workflow go on, or a run behind a checkpoint.</summary>
internal static class ResumeCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> name = WorkflowArgument.Create();
        Argument<string?> step = new("STEP") { Description = "Step whose checkpoint holds the run; may be left out when there is one", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("resume", "Let a suspended Workflow go on, or a run that a checkpoint holds.") { name, step };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            Workflow workflow = await cluster.WorkflowAsync(arguments.GetValue(name)!, cancellation);
            if (arguments.GetValue(step) is null && workflow.Spec.Suspend == true)
            {
                // The field goes: who applies the spec from git stays its only owner.
                await cluster.Workflows.PatchAsync(workflow.Metadata.Name!, Patch.Merge("""{"spec":{"suspend":null}}"""u8), cancellation);
                terminal.Out.WriteLine($"workflow/{workflow.Metadata.Name}: resumed");
                return ExitCodes.Ok;
            }

            long run = RunState.RunUnderWay(workflow);
            string held = arguments.GetValue(step) ?? TheHeldStep(workflow);
            await new Requests(cluster, terminal, time).AskAsync(workflow, Request.Resume(run, held), cancellation);
            terminal.Out.WriteLine($"workflow/{workflow.Metadata.Name}: run {run} goes on behind step {held}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string TheHeldStep(Workflow workflow)
    {
        string[] held = [.. RunSteps.All(workflow).Where(static step => step.Status is { Phase: StepPhases.Waiting, Waiting.Reason: WaitingReasons.Checkpoint }).Select(static step => step.Name)];
        return held switch
        {
            [var only] => only,
            [] => throw new CliException($"nothing to resume: {workflow.Metadata.Name} is not suspended, and no checkpoint holds it"),
            _ => throw new CliException($"several checkpoints hold {workflow.Metadata.Name}: name one of {string.Join(", ", held)}"),
        };
    }
}
