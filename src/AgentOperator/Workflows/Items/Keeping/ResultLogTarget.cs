using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>Where the results of a step's items are kept.</summary>
/// <param name="Workflow">The owner.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Name">What the names of the ConfigMaps begin with.</param>
internal sealed record ResultLogTarget(Workflow Workflow, long Run, string Step, string Name)
{
    /// <summary>Component of ConfigMaps with results.</summary>
    public const string Component = "item-results";

    public string Namespace => Workflow.Metadata.Namespace!;

    public static ResultLogTarget Of(ItemNames names) => new(names.Workflow, names.Run, names.Step.Step, names.Results);

    public ObjectMeta Part(int number) => Metadata(Workflow, Run, Step, ItemNames.ResultsPart(Name, number), Component);

    /// <summary>Of a ConfigMap that belongs to the items of a step: it goes with the Workflow, or before that with the run.</summary>
    public static ObjectMeta Metadata(Workflow workflow, long run, string step, string name, string component) => new()
    {
        Name = name,
        Namespace = workflow.Metadata.Namespace,
        Labels = new Dictionary<string, string>
        {
            [Labels.ManagedBy] = Labels.ManagedByValue,
            [Labels.PartOf] = Labels.ManagedByValue,
            [Labels.Component] = component,
            [Labels.Workflow] = workflow.Metadata.Name!,
            [Labels.Run] = run.ToString(CultureInfo.InvariantCulture),
            [Labels.Step] = step,
        },
        OwnerReferences = [new OwnerReference { ApiVersion = workflow.ApiVersion, Kind = workflow.Kind, Name = workflow.Metadata.Name!, Uid = workflow.Metadata.Uid!, Controller = true }],
    };
}
