using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Triggers.Children;

/// <summary>A Workflow that another one makes: for an event of a definition, or as a step.</summary>
internal static class ChildWorkflow
{
    /// <summary>Most Workflows above one: what is deeper calls itself without end.</summary>
    public const int MaxDepth = 8;

    /// <summary>What a child of a spec runs: its params with other values, and nothing of what makes a definition of it. Its end is looked after by its owner, ttl included.</summary>
    public static WorkflowSpec SpecOf(WorkflowSpec source, IReadOnlyList<ParameterValue> values) => source with
    {
        Params = source.Params is { } declared ? [.. declared.Select(parameter => values.FirstOrDefault(value => value.Name == parameter.Name) is { } given ? parameter with { Value = given.Value } : parameter)] : null,
        Triggers = null,
        Concurrency = null,
        RunOnApply = null,
        Suspend = null,
        HistoryLimit = null,
        TtlAfterFinished = null,
        RerunPolicy = null,
        OnChange = null,
    };

    /// <summary>The object to create.</summary>
    /// <param name="parent">Owner of it.</param>
    /// <param name="definition">Name of the Workflow whose spec it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="spec">Its spec, by <see cref="SpecOf"/>.</param>
    /// <param name="labels">Further labels.</param>
    /// <param name="annotations">Further annotations.</param>
    public static Workflow Build(Workflow parent, string definition, string name, WorkflowSpec spec, IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> annotations) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = parent.Metadata.Namespace,
            Labels = new Dictionary<string, string>(labels, StringComparer.Ordinal)
            {
                [Labels.Parent] = parent.Metadata.Name!,
                [Labels.ManagedBy] = Labels.ManagedByValue,
                [Labels.PartOf] = Labels.ManagedByValue,
            },
            Annotations = new Dictionary<string, string>(annotations, StringComparer.Ordinal)
            {
                [Labels.Depth] = (DepthOf(parent) + 1).ToString(CultureInfo.InvariantCulture),
                [Labels.Ancestry] = string.Join(',', AncestryOf(parent).Append(definition).Distinct(StringComparer.Ordinal)),
            },
            OwnerReferences = [Owners.Controlling(parent, parent.Metadata.Namespace)],
        },
        Spec = spec,
    };

    /// <summary>How many Workflows are above one.</summary>
    public static int DepthOf(Workflow workflow) => int.TryParse(workflow.Annotation(Labels.Depth), NumberStyles.None, CultureInfo.InvariantCulture, out int depth) ? depth : 0;

    /// <summary>The Workflows whose specs one is run within, itself included.</summary>
    public static IReadOnlyList<string> AncestryOf(Workflow workflow) =>
        workflow.Annotation(Labels.Ancestry) is { Length: > 0 } text ? text.Split(',') : [workflow.Metadata.Name!];

    /// <summary>Whether a child has come to its end, or never will begin.</summary>
    public static bool IsOver(Workflow child) =>
        WorkflowPhases.IsFinal(child.Status?.Phase) || (child.Status is { Run: null } status && RunSummary.IsRefused(status));
}
