using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.LeaderElection;

/// <summary>Judges a Lease by when this process saw it change, never by the times written in it: clocks of two machines may differ by hours.</summary>
internal sealed class LeaseWatcher(string identity, TimeProvider time)
{
    private string? _version;
    private long _changedAt;

    /// <summary>What to do about the Lease as it was just read; null when there is none.</summary>
    public LeaseClaim Judge(Lease? lease)
    {
        if (lease is null)
        {
            return LeaseClaim.Create;
        }

        if (lease.Metadata.ResourceVersion != _version)
        {
            _version = lease.Metadata.ResourceVersion;
            _changedAt = time.GetTimestamp();
        }

        if (string.IsNullOrEmpty(lease.Spec?.HolderIdentity))
        {
            return LeaseClaim.Take;
        }

        if (lease.Spec.HolderIdentity == identity)
        {
            return LeaseClaim.Renew;
        }

        TimeSpan patience = TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0);
        return time.GetElapsedTime(_changedAt) >= patience ? LeaseClaim.Take : LeaseClaim.Respect;
    }
}
