using System.Security.Cryptography;
using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Controllers.Sharding;

/// <summary>The Leases on the API server. Give it a client of its own: a pool that is full of other requests must not cost the claims.</summary>
/// <param name="client">Reads and writes.</param>
/// <param name="ns">Namespace of the Leases.</param>
/// <param name="name">Name of the Lease with the map; those of members begin with it.</param>
public sealed class KubeShardStore(KubeClient client, string ns, string name) : IShardStore
{
    /// <summary>Label on all Leases of a group of members: the map's name.</summary>
    public const string Label = "agentoperator.dev/shards";

    private const int HashLength = 10;

    private readonly ResourceClient<Lease> _leases = client.Resource<Lease>(ns);

    public string Description => $"{ns}/{name}";

    /// <summary>One list, and so one moment.</summary>
    public async Task<ShardView> ReadAsync(CancellationToken cancellation)
    {
        KubeList<Lease> list = await _leases.ListAsync(new ListOptions { LabelSelector = $"{Label}={name}" }, cancellation);
        return new ShardView(list.Items.FirstOrDefault(lease => lease.Metadata.Name == name), [.. list.Items.Where(lease => lease.Metadata.Name != name)]);
    }

    public Task<Lease> JoinAsync(LeaseSpec spec, CancellationToken cancellation) =>
        _leases.CreateAsync(new Lease { Metadata = Meta(NameOf(spec.HolderIdentity!)), Spec = spec }, cancellation);

    public Task<Lease> UpdateMemberAsync(Lease read, LeaseSpec spec, CancellationToken cancellation) => UpdateAsync(read, null, spec, cancellation);

    public Task RemoveMemberAsync(Lease read, CancellationToken cancellation) =>
        _leases.DeleteAsync(read.Metadata.Name!, new DeleteOptions { Uid = read.Metadata.Uid, ResourceVersion = read.Metadata.ResourceVersion }, cancellation);

    public Task<Lease> CreateMapAsync(ShardMap map, LeaseSpec spec, CancellationToken cancellation) =>
        _leases.CreateAsync(new Lease { Metadata = Meta(name) with { Annotations = Annotations(map) }, Spec = spec }, cancellation);

    public Task<Lease> UpdateMapAsync(Lease read, ShardMap map, LeaseSpec spec, CancellationToken cancellation) => UpdateAsync(read, Annotations(map), spec, cancellation);

    /// <summary>A merge patch that carries uid and version: the server answers 409 when it has moved on.</summary>
    private Task<Lease> UpdateAsync(Lease read, IReadOnlyDictionary<string, string>? annotations, LeaseSpec spec, CancellationToken cancellation)
    {
        Lease change = new() { Metadata = new ObjectMeta { Uid = read.Metadata.Uid, ResourceVersion = read.Metadata.ResourceVersion, Annotations = annotations }, Spec = spec };
        return _leases.PatchAsync(read.Metadata.Name!, Patch.Merge(change, Lease.JsonTypeInfo), cancellation);
    }

    private static Dictionary<string, string> Annotations(ShardMap map) => new(StringComparer.Ordinal) { [ShardMap.Annotation] = map.ToString() };

    private ObjectMeta Meta(string lease) => new() { Name = lease, Namespace = ns, Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = name } };

    /// <summary>An identity has characters that a name may not have.</summary>
    private string NameOf(string identity) => $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..HashLength]}";
}
