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

    public static Pod Create(Job job, Random random)
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
