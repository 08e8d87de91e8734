using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Triggers.Children;

/// <summary>Creates the Workflow of a workflow step's attempt, once: a name that is taken by the same attempt is adopted.</summary>
[RequiresAccess<Workflow>(Verbs.Create, Verbs.Get)]
internal sealed class NestedStarter(KubeClient client, AttemptObserver observer, StepMaterials materials)
{
    /// <summary>Resource version of the Workflow; null when it cannot be, which the observer then remembers.</summary>
    public async Task<string?> StartAsync(Workflow parent, WorkflowStatus status, AttemptStart start, CancellationToken cancellation)
    {
        ResourceClient<Workflow> workflows = client.Resource<Workflow>(parent.Metadata.Namespace);
        NestedWorkflowStep step = start.Step.Workflow!;
        Workflow child;
        try
        {
            Workflow source = await workflows.FindAsync(step.Name, cancellation) ?? throw new MissingMaterialException($"there is no Workflow {step.Name} in this namespace");
            if (Problem(parent, source, step) is { } problem)
            {
                observer.Refused(parent, start.Job, problem, isInvalid: true);
                return null;
            }

            StepMaterial material = await materials.GatherAsync(parent, status, start, cancellation);
            child = Build(parent, status, start, source, [.. (step.Params ?? []).Select(given => given with { Value = JsonTemplate.Render(given.Value, material.Scope) })]);
        }
        catch (Exception error) when (error is TemplateException or MissingMaterialException)
        {
            observer.Refused(parent, start.Job, error.Message, error is TemplateException);
            return null;
        }

        try
        {
            return (await workflows.CreateAsync(child, cancellation)).Metadata.ResourceVersion;
        }
        catch (KubeApiException error) when (error.IsAlreadyExists || error.IsInvalid || error.IsTooLarge || (error.IsForbidden && !error.IsNamespaceTerminating))
        {
            // Admission judges before the name is looked up: whatever the answer, what is there may be ours.
            Workflow? found = await workflows.FindAsync(start.Job, cancellation);
            if (NestedReader.IsChildOf(found, parent) && found.Annotation(Labels.AttemptKey) == child.Annotation(Labels.AttemptKey))
            {
                return found.Metadata.ResourceVersion;
            }

            observer.Refused(parent, start.Job, error.IsAlreadyExists ? $"a Workflow named {start.Job} exists and is not this attempt's: delete it" : error.Message, error.IsInvalid || error.IsTooLarge);
            return null;
        }
    }

    /// <summary>Why the Workflow must not be run here; null when it may.</summary>
    private static string? Problem(Workflow parent, Workflow source, NestedWorkflowStep step) => step switch
    {
        _ when ChildWorkflow.AncestryOf(parent).Contains(step.Name) => $"Workflow {step.Name} would run itself: {string.Join(" runs ", [.. ChildWorkflow.AncestryOf(parent), step.Name])}",
        _ when ChildWorkflow.DepthOf(parent) >= ChildWorkflow.MaxDepth => $"workflow steps are nested {ChildWorkflow.MaxDepth} deep at most: {string.Join(" runs ", [.. ChildWorkflow.AncestryOf(parent), step.Name])}",
        _ when step.Params?.FirstOrDefault(given => (source.Spec.Params ?? []).All(declared => declared.Name != given.Name)) is { } stray => $"Workflow {step.Name} has no param {stray.Name}",
        _ => null,
    };

    internal static Workflow Build(Workflow parent, WorkflowStatus status, AttemptStart start, Workflow source, IReadOnlyList<ParameterValue> values)
    {
        long run = status.Run!.Value;
        WorkflowSpec spec = ChildWorkflow.SpecOf(source.Spec, values);
        if ((start.Step.Timeout ?? status.RunSpec!.Defaults?.Timeout) is { } limit && !(spec.Timeouts?.Run?.ToTimeSpan() <= limit.ToTimeSpan()))
        {
            spec = spec with { Timeouts = (spec.Timeouts ?? new RunTimeouts()) with { Run = limit } };
        }

        Dictionary<string, string> labels = new(StringComparer.Ordinal)
        {
            [Labels.Run] = run.ToString(CultureInfo.InvariantCulture),
            [Labels.Step] = start.Step.Name,
            [Labels.Attempt] = start.Attempt.ToString(CultureInfo.InvariantCulture),
        };
        Dictionary<string, string> annotations = new(StringComparer.Ordinal) { [Labels.AttemptKey] = AttemptName.Key(parent.Metadata.Uid!, run, start.Id) };
        if (LocksAbove.Below(parent, run, start) is { Count: > 0 } holders)
        {
            annotations.Add(Labels.Within, string.Join(',', holders));
            foreach (string holder in holders)
            {
                labels[LocksAbove.LabelOf(holder)] = "true";
            }
        }

        return ChildWorkflow.Build(parent, source.Metadata.Name!, start.Job, spec, labels, annotations);
    }
}
