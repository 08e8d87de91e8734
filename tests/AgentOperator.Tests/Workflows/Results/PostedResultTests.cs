using AgentOperator.Workflows.Results;

namespace AgentOperator.Tests.Workflows.Results;

public class PostedResultTests
{
    [Theory]
    [InlineData("""{"$error":{"message":"no"}}""", true)]
    [InlineData("""{"a":"$error"}""", false)]
    [InlineData("""["$error"]""", false)]
    [InlineData("""{"$error":""", false)]
    [InlineData("""{"\ud800":1,"$error":1}""", true)]
    [InlineData("""{"$error":1,"\ud800":1}""", true)]
    public void What_somebody_has_written_over_a_result_fails_no_reconcile(string text, bool isError)
    {
        PostedResult result = new("a-result", text);

        result.IsError.ShouldBe(isError);
        PostedResult.Usage(text).ShouldBeNull();
    }
}
