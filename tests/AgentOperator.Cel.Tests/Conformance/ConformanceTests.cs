namespace AgentOperator.Cel.Tests.Conformance;

/// <summary>The specification's own suite.</summary>
public sealed class ConformanceTests
{
    private const int All = 1888;
    private const int NeedProtobuf = 145;
    private const int FilesOfProtobuf = 6;

    public static TheoryData<string> Files => [.. Vector.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_that_needs_no_protobuf_message_passes(string file) =>
        Vector.Read(file).Where(static vector => !vector.IsLeftOut)
            .Select(static vector => (vector, Failure: vector.Run())).Where(static run => run.Failure is not null)
            .Select(static run => $"{run.vector.Name}: {run.vector.Test.GetProperty("expr").GetString()} {run.Failure}").ShouldBeEmpty();

    [Fact]
    public void What_is_left_out_is_named_and_counted()
    {
        Vector.LeftOut.Count.ShouldBe(NeedProtobuf + FilesOfProtobuf);
        if (Vector.Given is null)
        {
            string[] names = [.. Vector.Files.SelectMany(Vector.Read).Select(static vector => vector.Name)];
            names.Length.ShouldBe(All);
            Vector.LeftOut.Keys.Where(static name => !name.EndsWith("/*", StringComparison.Ordinal)).Except(names, StringComparer.Ordinal).ShouldBeEmpty();
        }

        Vector.LeftOut.Values.ShouldAllBe(static reason => reason.Contains("protobuf", StringComparison.Ordinal) || reason.Contains("message", StringComparison.Ordinal));
    }
}
