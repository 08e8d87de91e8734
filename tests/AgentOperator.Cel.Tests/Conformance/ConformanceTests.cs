namespace AgentOperator.Cel.Tests.Conformance;

/// <summary>The specification's own suite.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Files => [.. Vector.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_that_needs_no_protobuf_message_passes(string file) =>
        Vector.Read(file).Where(static vector => !Vector.LeftOut.ContainsKey(vector.Name))
            .Select(static vector => (vector, Failure: vector.Run())).Where(static run => run.Failure is not null)
            .Select(static run => $"{run.vector.Name}: {run.vector.Test.GetProperty("expr").GetString()} {run.Failure}").ShouldBeEmpty();
}
