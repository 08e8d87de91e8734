using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Checking;

/// <summary>Parts of pods, which the schema lets through as they are: they are what Kubernetes calls them, and hold no <c>{{ }}</c>.</summary>
internal static class PodPartCheck
{
    public static IEnumerable<SpecProblem> Problems(RunSpec spec) =>
        SpecCheck.Steps(spec)
            .SelectMany(static step => new (string Path, ContainerStep? Container)[] { ($"{step.Path}.container", step.Step.Container), ($"{step.Path}.compensate.container", step.Step.Compensate?.Container) })
            .Where(static part => part.Container is not null)
            .SelectMany(static part => Problems(part.Path, part.Container!))
            .OfType<SpecProblem>();

    private static IEnumerable<SpecProblem?> Problems(string path, ContainerStep step) =>
    [
        .. All<Volume>($"{path}.volumes", step.Volumes, "pod.spec.volumes"),
        .. All<VolumeMount>($"{path}.volumeMounts", step.VolumeMounts, "pod.spec.containers.volumeMounts"),
        .. All<EnvFromSource>($"{path}.envFrom", step.EnvFrom, "pod.spec.containers.envFrom"),
        .. All<Toleration>($"{path}.tolerations", step.Tolerations, "pod.spec.tolerations"),
        One<SecurityContext>($"{path}.securityContext", step.SecurityContext, "pod.spec.containers.securityContext"),
        One<PodSecurityContext>($"{path}.podSecurityContext", step.PodSecurityContext, "pod.spec.securityContext"),
        .. (step.Env ?? []).Select(variable => One<EnvVarSource>($"{path}.env[{variable.Name}].valueFrom", variable.ValueFrom, "pod.spec.containers.env.valueFrom")),
    ];

    private static IEnumerable<SpecProblem?> All<T>(string path, IReadOnlyList<JsonElement>? parts, string explained)
        where T : class =>
        (parts ?? []).Select((part, index) => One<T>($"{path}[{index}]", part, explained));

    private static SpecProblem? One<T>(string path, JsonElement? part, string explained)
        where T : class
    {
        if (part is not { } json)
        {
            return null;
        }

        if (json.GetRawText().Contains("{{", StringComparison.Ordinal))
        {
            return new SpecProblem("InvalidTemplate", $"{path} takes no {{{{ }}}}: what a pod may reach must not depend on a value; write it out", path);
        }

        try
        {
            PodPart.Read<T>(json);
            return null;
        }
        catch (JsonException error)
        {
            string place = error.Path is { Length: > 1 } inner ? path + inner[1..] : path;
            return new SpecProblem("InvalidPodPart", $"{place} is not as in a pod: a field is unknown, missing or of another type; kubectl explain {explained} shows what there is", place);
        }
    }
}
