using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Workflows.Locking;

/// <summary>A lock as the Lease that it is kept in.</summary>
internal static class LockLease
{
    public static LockId IdOf(Lease lease, LockRecord record) => new(lease.Metadata.Namespace!, record.Kind, record.Name);

    /// <exception cref="FormatException">The Lease was changed by hand; the message says what to do.</exception>
    public static LockRecord Read(Lease lease)
    {
        try
        {
            if (lease.Metadata.Annotations?.GetValueOrDefault(Labels.LockHolders) is { } text && JsonSerializer.Deserialize(text, OperatorJsonContext.Default.LockRecord) is { } record && IsWhole(record))
            {
                return record;
            }
        }
        catch (JsonException error)
        {
            throw Unreadable(lease, error);
        }

        throw Unreadable(lease, null);
    }

    public static Lease Of(LockId id, LockRecord record, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = id.LeaseName,
            Namespace = id.Namespace,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Labels.Lock] = id.Kind, [Labels.ManagedBy] = Labels.ManagedByValue, [Labels.PartOf] = Labels.ManagedByValue },
            Annotations = Annotations(record),
        },
        Spec = SpecOf(record, 0, now),
    };

    /// <summary>The change of a Lease, which holds only for the version that was read.</summary>
    public static Lease Change(Lease read, LockRecord record, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta { Uid = read.Metadata.Uid, ResourceVersion = read.Metadata.ResourceVersion, Annotations = Annotations(record) },
        Spec = SpecOf(record, (read.Spec?.LeaseTransitions ?? 0) + 1, now),
    };

    /// <summary>JSON may say null where none is expected: whoever may edit Leases in a namespace can write it.</summary>
    private static bool IsWhole(LockRecord record) => record is { Kind: not null, Name: not null, Holders: not null, Waiters: not null }
        && record.Holders.Concat(record.Waiters).All(static entry => entry is { Holder: not null, Namespace: not null, Workflow: not null });

    private static Dictionary<string, string> Annotations(LockRecord record) => new(StringComparer.Ordinal) { [Labels.LockHolders] = JsonSerializer.Serialize(record, OperatorJsonContext.Default.LockRecord) };

    /// <summary>For people: <c>kubectl get lease</c> shows the holder.</summary>
    private static LeaseSpec SpecOf(LockRecord record, int transitions, DateTimeOffset now) => new()
    {
        HolderIdentity = record.Holders is [{ } first, ..] ? $"{first.Workflow}{(record.Holders.Count > 1 ? $" and {record.Holders.Count - 1} more" : "")}" : "",
        RenewTime = new MicroTime(now),
        LeaseTransitions = transitions & int.MaxValue,
    };

    private static FormatException Unreadable(Lease lease, JsonException? error) =>
        new($"The annotation {Labels.LockHolders} of the Lease {lease.Key()} cannot be read{(error is null ? "" : $" ({error.Message})")}: delete the Lease once no step runs that needs the lock; it is made anew.", error);
}
