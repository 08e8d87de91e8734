using AgentOperator.Workflows.Memos;

namespace AgentOperator.Tests.Workflows;

/// <summary>Earlier successes that a test says there are: whatever the digest, since what it is made of is not the test's to know.</summary>
internal sealed class FakeMemos(params Memo[] memos) : IMemos
{
    /// <summary>Digests that were asked for.</summary>
    public List<string> Asked { get; } = [];

    public Memo? Find(string ns, string digest)
    {
        Asked.Add(digest);
        return memos.MaxBy(static memo => memo.FinishedAt);
    }
}
