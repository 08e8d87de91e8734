using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Workflows.Permits;

/// <summary>Room that several replicas share: a lock of many holders for each limit, so that no two replicas ever let in more than there is room for.</summary>
internal sealed class SharedPermits(OperatorOptions options, LockBook book) : IPermitBook
{
    private const string InAll = "all-namespaces";
    private const string InOne = "namespace/";

    public static LockId AllNamespaces(OperatorOptions options) => new(options.OwnNamespace!, LockId.Room, InAll);

    /// <summary>Not in the namespace itself: who may edit Leases there must not set the operator's limit aside.</summary>
    public static LockId InNamespace(OperatorOptions options, string ns) => new(options.OwnNamespace!, LockId.Room, InOne + ns);

    private LockRecord? Find(LockId id) => book.Find(id);

    public IPermitSession Begin(Workflow workflow) => new Session(this, workflow);

    private IEnumerable<LockId> Limits(string ns)
    {
        // The own namespace's before everybody's: who has the one may wait for the other, and never the other way round.
        if (options.MaxParallelStepsPerNamespace is not null)
        {
            yield return InNamespace(options, ns);
        }

        if (options.MaxParallelSteps is not null)
        {
            yield return AllNamespaces(options);
        }
    }

    private static string HolderOf(Workflow workflow, string attempt) => $"{workflow.Metadata.Uid}/{attempt}";

    private sealed class Session(SharedPermits permits, Workflow workflow) : IPermitSession
    {
        private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

        public string? Take(PermitRequest request)
        {
            _asked[request.Attempt] = request.Priority;
            foreach (LockId id in permits.Limits(request.Namespace))
            {
                LockRecord? record = permits.Find(id);
                if (record?.IsHeldBy(HolderOf(workflow, request.Attempt)) != true)
                {
                    return record is null or { Holders: [] } ? "asks for room" : record.Tell();
                }
            }

            return null;
        }

        /// <summary>What is under way keeps its room; what asks takes the first that it has not got yet.</summary>
        public IReadOnlyList<LockClaim> Claims(WorkflowStatus status)
        {
            List<LockClaim> claims = [];
            int priority = workflow.Spec.Priority ?? 0;
            foreach (string attempt in UnderWay.Of(status))
            {
                claims.AddRange(permits.Limits(workflow.Metadata.Namespace!).Select(id => new LockClaim(id, HolderOf(workflow, attempt), priority)));
                _asked.Remove(attempt);
            }

            foreach ((string attempt, int asked) in _asked)
            {
                foreach (LockId id in permits.Limits(workflow.Metadata.Namespace!))
                {
                    claims.Add(new LockClaim(id, HolderOf(workflow, attempt), asked));
                    if (permits.Find(id)?.IsHeldBy(HolderOf(workflow, attempt)) != true)
                    {
                        break;
                    }
                }
            }

            return claims;
        }

        public void Commit(WorkflowStatus status)
        {
        }

        public void Dispose()
        {
        }
    }
}
