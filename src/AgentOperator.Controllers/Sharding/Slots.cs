using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Sharding;

/// <summary>The parts that all work is cut into. A part follows from namespace and name: a name that is used again stays with its owner, so that one process sees the end of the old object and the start of the new.</summary>
public static class Slots
{
    /// <summary>How many there are: the most replicas that can share the work. Changing it needs a stop of all replicas.</summary>
    public const int Count = 256;

    /// <summary>The slot of what exists once: whoever owns it runs what is not shared.</summary>
    public const int Singletons = 0;

    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The slot of an object: FNV-1a, the same in every process and version.</summary>
    public static int Of(ObjectKey key)
    {
        uint hash = Basis;
        foreach (char c in key.Namespace ?? "")
        {
            hash = (hash ^ c) * Prime;
        }

        hash = (hash ^ '/') * Prime;
        foreach (char c in key.Name)
        {
            hash = (hash ^ c) * Prime;
        }

        // The low bits of FNV know little of the first characters.
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        return (int)(hash % Count);
    }
}
