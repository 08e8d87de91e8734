using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Tests.LeaderElection;

/// <summary>A Lease with an API server's rules: versions, 409, and faults on demand.</summary>
internal sealed class MemoryLease : ILeaseLock
{
    private int _version;

    public string Description { get; } = $"n/leader-{Guid.NewGuid():N}";

    public Lease? Current { get; private set; }

    /// <summary>Set to make every request fail.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Set to make every request hang until this completes.</summary>
    public Task? Hang { get; set; }

    public int Writes => _version;

    public void Put(LeaseSpec spec) => Current = new Lease { Metadata = new ObjectMeta { Name = "leader", ResourceVersion = $"{++_version}" }, Spec = spec };

    public void Delete() => Current = null;

    public async Task<Lease?> ReadAsync(CancellationToken cancellation)
    {
        await PassAsync(cancellation);
        return Current;
    }

    public async Task<Lease> CreateAsync(LeaseSpec spec, CancellationToken cancellation)
    {
        await PassAsync(cancellation);
        if (Current is not null)
        {
            throw new KubeApiException(new Status { Code = 409, Reason = "AlreadyExists" });
        }

        Put(spec);
        return Current!;
    }

    public async Task<Lease> UpdateAsync(Lease read, LeaseSpec spec, CancellationToken cancellation)
    {
        await PassAsync(cancellation);
        if (Current is null)
        {
            throw new KubeApiException(new Status { Code = 404, Reason = "NotFound" });
        }

        if (Current.Metadata.ResourceVersion != read.Metadata.ResourceVersion)
        {
            throw new KubeApiException(new Status { Code = 409, Reason = "Conflict" });
        }

        Put(spec);
        return Current;
    }

    private async Task PassAsync(CancellationToken cancellation)
    {
        if (Hang is { } hang)
        {
            await hang.WaitAsync(cancellation);
        }

        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
