namespace AgentOperator.Tests.Workflows.Promises;

/// <summary>Checks that are made some million times: Shouldly compiles each predicate anew, which takes longer than a history.</summary>
internal static class Promise
{
    public static void All<T>(IEnumerable<T> all, Func<T, bool> holds, string promise)
    {
        foreach (T one in all)
        {
            if (!holds(one))
            {
                throw new ShouldAssertException($"{promise}: {one}");
            }
        }
    }
}
