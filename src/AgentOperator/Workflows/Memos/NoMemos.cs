namespace AgentOperator.Workflows.Memos;

/// <summary>Nothing has been done before.</summary>
internal sealed class NoMemos : IMemos
{
    public static readonly NoMemos Instance = new();

    public Memo? Find(string ns, string digest) => null;
}
