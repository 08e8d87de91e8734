using System.Collections.Concurrent;
using System.Diagnostics;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Testing;

namespace AgentOperator.AgentRuntime.Tests.Telemetry;

public sealed class SpanTests
{
    [Theory(Timeout = Limits.Hang)]
    [InlineData(null)]
    [InlineData("true")]
    public async Task One_trace_from_the_agent_to_model_and_tool_with_content_only_on_request(string? capture)
    {
        ConcurrentQueue<Activity> ended = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == RuntimeTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using Tools.TestMcpServer server = await Tools.TestMcpServer.StartAsync(
            static (_, _) => Task.FromResult(new ModelContextProtocol.Protocol.CallToolResult { Content = [new ModelContextProtocol.Protocol.TextContentBlock { Text = "tool-text" }] }), "look");
        FakeModel model = new(FakeModel.Calls(("look", null)), FakeModel.Says("answer-text"));
        await using RunningAgent agent = await RunningAgent.StartAsync(
            model, RunningAgent.Config($$""" "tools":[{"name":"srv","url":"{{server.Url}}"}] """), name => name == GenAi.CaptureVariable ? capture : null);
        (_, System.Text.Json.JsonElement answer) = await agent.CallAsync("say", "\"input-text\"");

        Activity[] spans = [.. ended.Where(span => span.TraceId.ToHexString() == answer.GetProperty("traceId").GetString())];
        Activity root = spans.Single(static span => span.OperationName == "invoke_agent tester");
        root.GetTagItem("gen_ai.agent.name").ShouldBe("tester");
        spans.Where(static span => span.OperationName == "chat fake").Select(static span => span.ParentSpanId).ShouldBe([root.SpanId, root.SpanId]);
        Activity tool = spans.Single(static span => span.OperationName == "execute_tool look");
        tool.ParentSpanId.ShouldBe(root.SpanId);
        tool.GetTagItem("gen_ai.operation.name").ShouldBe("execute_tool");
        Activity chat = spans.First(static span => span.OperationName == "chat fake");
        chat.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(10L);
        chat.GetTagItem("gen_ai.provider.name").ShouldBe("scripted");
        string all = string.Join('\n', spans.SelectMany(static span => span.TagObjects).Select(static tag => tag.Value));
        foreach (string text in new[] { "input-text", "tool-text", "answer-text" })
        {
            all.Contains(text, StringComparison.Ordinal).ShouldBe(capture is not null, text);
        }
    }
}
