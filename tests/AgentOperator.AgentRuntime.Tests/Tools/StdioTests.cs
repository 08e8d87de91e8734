using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Tools;

public sealed class StdioTests
{
    // A server in a dozen lines: it answers by method and gives an environment variable as the result of its tool.
    private const string Server = """
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\([^,}]*\).*/\1/p')
          case "$line" in
            *'"initialize"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"sh","version":"1"}}}' ;;
            *'"tools/list"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"tools":[{"name":"env","inputSchema":{"type":"object"}}]}}' ;;
            *'"tools/call"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":[{"type":"text","text":"key='"$STDIO_TEST_KEY"' other='"$STDIO_TEST_OTHER"'"}]}}' ;;
            *'"notifications/'*) ;;
            *) echo '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":-32601,"message":"no such method"}}' ;;
          esac
        done
        """;

    [Fact(Timeout = Limits.Hang)]
    public async Task A_program_of_the_image_serves_tools_and_does_not_get_the_keys()
    {
        string script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Server);
        Environment.SetEnvironmentVariable("STDIO_TEST_KEY", "k");
        Environment.SetEnvironmentVariable("STDIO_TEST_OTHER", "o");
        FakeModel model = new(FakeModel.Calls(("env", null)), FakeModel.Says("done"));
        await using (RunningAgent agent = await RunningAgent.StartAsync(model, RunningAgent.Config(
            $$""" "models":[{"provider":"scripted","name":"fake","apiKeyVariable":"STDIO_TEST_KEY"}],"tools":[{"name":"sh","command":["sh","{{script}}"]}] """)))
        {
            agent.Parts.Toolbox.Report()[0].Problem.ShouldBeNull();
            await agent.CallAsync("say", "{}");
        }

        ((string)((FunctionResultContent)model.Requests[1][^1].Contents[0]).Result!).ShouldBe("key= other=o");
        File.Delete(script);
    }
}
