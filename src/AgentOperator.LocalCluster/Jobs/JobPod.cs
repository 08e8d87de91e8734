using System.Globalization;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>A pod from a Job's template.</summary>
internal static class JobPod
{
    private const int MaxNameLength = 63;
    private const int SuffixLength = 5;

    // Kubernetes' own alphabet: no vowels, nothing that is read as something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static Pod Create(Job job, Random random) => Create(job, null, 0, random);

    /// <param name="job">The Job.</param>
    /// <param name="index">The index that the pod works on; null for Jobs without.</param>
    /// <param name="failures">How often the index has failed before.</param>
    /// <param name="random">Makes names.</param>
    public static Pod Create(Job job, int? index, int failures, Random random)
    {
        Pod pod = FromTemplate(job, random);
        return index is { } number ? WithIndex(job, pod, number, failures, random) : pod;
    }

    private static Pod WithIndex(Job job, Pod pod, int index, int failures, Random random)
    {
        string text = index.ToString(CultureInfo.InvariantCulture);
        EnvVar variable = new()
        {
            Name = "JOB_COMPLETION_INDEX",
            ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = $"metadata.annotations['{JobLabels.CompletionIndex}']" } },
        };
        Dictionary<string, string> annotations = new(pod.Metadata.Annotations ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal) { [JobLabels.CompletionIndex] = text };
        if (job.Spec!.BackoffLimitPerIndex is not null)
        {
            annotations[JobLabels.IndexFailureCount] = failures.ToString(CultureInfo.InvariantCulture);
        }

        return pod with
        {
            Metadata = pod.Metadata with
            {
                Name = Name($"{job.Metadata.Name}-{text}", random),
                GenerateName = $"{job.Metadata.Name}-{text}-",
                Labels = new Dictionary<string, string>(pod.Metadata.Labels!, StringComparer.Ordinal) { [JobLabels.CompletionIndex] = text },
                Annotations = annotations,
            },
            Spec = pod.Spec! with
            {
                Hostname = $"{job.Metadata.Name}-{text}",
                Containers = [.. pod.Spec.Containers.Select(Extend)],
                InitContainers = pod.Spec.InitContainers is { } init ? [.. init.Select(Extend)] : null,
            },
        };

        Container Extend(Container container) => container with { Env = [.. container.Env ?? [], variable] };
    }

    private static Pod FromTemplate(Job job, Random random)
    {
        PodTemplateSpec template = job.Spec!.Template;
        Dictionary<string, string> labels = new(template.Metadata?.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [JobLabels.ControllerUid] = job.Metadata.Uid!,
            [JobLabels.JobName] = job.Metadata.Name!,
            [JobLabels.LegacyControllerUid] = job.Metadata.Uid!,
            [JobLabels.LegacyJobName] = job.Metadata.Name!,
        };
        return new Pod
        {
            Metadata = new ObjectMeta
            {
                Name = Name(job.Metadata.Name!, random),
                GenerateName = job.Metadata.Name + "-",
                Namespace = job.Metadata.Namespace,
                Labels = labels,
                Annotations = template.Metadata?.Annotations,
                Finalizers = template.Metadata?.Finalizers,
                OwnerReferences =
                [
                    new OwnerReference
                    {
                        ApiVersion = Job.Resource.ApiVersion,
                        Kind = Job.Resource.Kind,
                        Name = job.Metadata.Name!,
                        Uid = job.Metadata.Uid!,
                        Controller = true,
                        BlockOwnerDeletion = true,
                    },
                ],
            },
            Spec = template.Spec,
        };
    }

    private static string Name(string job, Random random)
    {
        int longest = MaxNameLength - SuffixLength - 1;
        string stem = job.Length > longest ? job[..longest] : job;
        return $"{stem}-{new string(random.GetItems<char>(Alphabet, SuffixLength))}";
    }
}
