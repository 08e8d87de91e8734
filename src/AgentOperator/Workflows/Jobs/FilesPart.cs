using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What a pod needs to read values as files: a ConfigMap that is there before the Job is, and goes with the run.</summary>
internal static class FilesPart
{
    /// <summary>Component of these ConfigMaps.</summary>
    public const string Component = "step-files";

    private const string Volume = "agentoperator-files";

    public static IReadOnlyList<Volume> Volumes(StepFiles? files, AttemptStart start) => files is not { Texts.Count: > 0 }
        ? []
        : [new Volume { Name = Volume, ConfigMap = new ConfigMapVolumeSource { Name = NameOf(start), DefaultMode = 0b100_100_100 } }];

    public static IReadOnlyList<VolumeMount> Mounts(StepFiles? files) => files is not { Texts.Count: > 0 } ? [] : [new VolumeMount { Name = Volume, MountPath = StepFiles.Folder, ReadOnly = true }];

    /// <summary>The ConfigMap; null when no text asked for a file.</summary>
    public static ConfigMap? MapOf(Workflow workflow, WorkflowStatus status, AttemptStart start, StepFiles? files) => files is not { Texts.Count: > 0 }
        ? null
        : new ConfigMap
        {
            Metadata = ResultLogTarget.Metadata(workflow, status.Run!.Value, start.Step.Name, NameOf(start), Component),
            Immutable = true,
            Data = files.Texts,
        };

    private static string NameOf(AttemptStart start) => $"{start.Job}-files";
}
