using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Testing;

namespace AgentOperator.AgentRuntime.Tests.Hosting;

public sealed class ServeCommandTests
{
    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        List<string> problems = [];
        AgentPlan plan = AgentPlan.Create(RunningAgent.Config("""
            "skills":[{"name":"a","input":{"type":"nonsense"},"instructions":"{{"},{"name":"a"}],"limits":{"timeout":"soon"},"prices":{"currency":"x"},
            "models":[{"provider":"anthropic","name":"m","apiKeyVariable":"KEY"},{"provider":"openaiCompatible","name":"n","baseUrl":"ftp://x"}],
            "tools":[{"name":"t","url":"nowhere"},{"name":"u","url":"http://u","headers":[{"name":"H","variable":"GONE"}]}]
            """), problems);
        AgentParts.Create(plan, static _ => null, TimeProvider.System, problems);
        string all = string.Join('\n', problems);
        foreach (string part in new[] { "skills.a.input", "skills.a.instructions", "twice", "limits.timeout", "prices", "KEY", "baseUrl", "tools.t", "GONE" })
        {
            all.ShouldContain(part);
        }
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task A_configuration_that_cannot_be_used_ends_with_2(string? text)
    {
        string file = Path.GetTempFileName();
        if (text is null)
        {
            File.Delete(file);
        }
        else
        {
            await File.WriteAllTextAsync(file, text);
        }

        (await ServeCommand.RunAsync(file, "127.0.0.1:0", default)).ShouldBe(2);
        File.Delete(file);
    }
}
