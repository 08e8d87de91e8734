using AgentOperator.Controllers.Sharding;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>The Leases of a group with an API server's rules: versions, 404, 409.</summary>
internal sealed class MemoryShards
{
    private const string Map = "map";

    private readonly SortedDictionary<string, Lease> _leases = new(StringComparer.Ordinal);
    private int _version;

    public IReadOnlyCollection<Lease> Members => [.. _leases.Where(static lease => lease.Key != Map).Select(static lease => lease.Value)];

    public ShardView Read() => new(_leases.GetValueOrDefault(Map), [.. Members]);

    public Lease Join(LeaseSpec spec) => Create(spec.HolderIdentity!, spec, null);

    public Lease CreateMap(ShardMap map, LeaseSpec spec) => Create(Map, spec, map);

    public Lease Update(Lease read, LeaseSpec spec, ShardMap? map)
    {
        Lease current = Current(read) ?? throw Refusal(404, "NotFound");
        if (current.Metadata.Uid != read.Metadata.Uid || current.Metadata.ResourceVersion != read.Metadata.ResourceVersion)
        {
            throw Refusal(409, "Conflict");
        }

        Lease after = current with { Spec = spec, Metadata = current.Metadata with { Annotations = Annotations(map) ?? current.Metadata.Annotations } };

        // A write that changes nothing leaves the version as it is.
        return after == current ? current : Put(after);
    }

    public bool Remove(Lease read) => Current(read)?.Metadata is { } current && current.Uid == read.Metadata.Uid && current.ResourceVersion == read.Metadata.ResourceVersion && _leases.Remove(read.Metadata.Name!);

    public void DeleteMap() => _leases.Remove(Map);

    /// <summary>As a person deletes it.</summary>
    public void Delete(string identity) => _leases.Remove(identity);

    private static Dictionary<string, string>? Annotations(ShardMap? map) => map is null ? null : new(StringComparer.Ordinal) { [ShardMap.Annotation] = map.ToString() };

    private static KubeApiException Refusal(int code, string reason) => new(new Status { Code = code, Reason = reason });

    private Lease? Current(Lease read) => _leases.GetValueOrDefault(read.Metadata.Name!);

    private Lease Create(string name, LeaseSpec spec, ShardMap? map) => _leases.ContainsKey(name)
        ? throw Refusal(409, "AlreadyExists")
        : Put(new Lease { Metadata = new ObjectMeta { Name = name, Uid = $"u{_version}", Annotations = Annotations(map) }, Spec = spec });

    private Lease Put(Lease lease) => _leases[lease.Metadata.Name!] = lease with { Metadata = lease.Metadata with { ResourceVersion = $"{++_version}" } };
}
