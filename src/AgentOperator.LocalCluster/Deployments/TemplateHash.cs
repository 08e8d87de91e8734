using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Deployments;

/// <summary>What tells ReplicaSets of one Deployment apart: a short hash of their template.</summary>
internal static class TemplateHash
{
    public const string Label = "pod-template-hash";

    // Kubernetes' own alphabet: no vowels, nothing that is read as something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Of(PodTemplateSpec template, int collisions)
    {
        uint hash = 2166136261;
        foreach (byte value in JsonSerializer.SerializeToUtf8Bytes(template, KubeJsonContext.Default.PodTemplateSpec))
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        hash = unchecked((hash ^ (uint)collisions) * 16777619);
        Span<char> text = stackalloc char[8];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = Alphabet[(int)(hash % (uint)Alphabet.Length)];
            hash = (hash / (uint)Alphabet.Length) + (hash << 16);
        }

        return new string(text);
    }
}
