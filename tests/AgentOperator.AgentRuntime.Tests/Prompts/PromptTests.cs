using System.Text.Json;
using AgentOperator.AgentRuntime.Prompts;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Prompts;

public sealed class PromptTests
{
    private static Prompt Create(string json, out List<string> problems) =>
        Prompt.Create(JsonSerializer.Deserialize(json, RuntimeJsonContext.Default.RuntimePrompt), problems = []);

    private static string Shown(IEnumerable<ChatMessage> messages) => string.Join('|', messages.Select(static message => $"{message.Role}:{message.Text}"));

    [Fact]
    public void Order_is_system_examples_history_input()
    {
        Prompt prompt = Create("""
            {"content":{"messages":[{"role":"system","content":"You review {{lang}}."},{"role":"user","content":"Code: {{code}}"}],
             "examples":[{"input":{"lang":"C","code":"x"},"output":{"ok":true}}],"constraints":["Be short."]}}
            """, out List<string> problems);
        problems.ShouldBeEmpty();
        List<ChatMessage> messages = prompt.Render(
            JsonElement.Parse("""{"lang":"Go","code":"y"}"""), TemplateText.Parse("Look at {{code}}."), form: "FORM", wrapsExamples: true, [new ChatMessage(ChatRole.User, "earlier")]);
        Shown(messages).ShouldBe("system:You review Go.\n\nLook at y.\n\nFORM\n\n- Be short.|user:Code: x|assistant:{\"result\":{\"ok\":true}}|user:earlier|user:Code: y");
    }

    [Theory]
    [InlineData("""{"text":"hi"}""", "hi")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void Without_a_user_message_the_input_is_one(string input, string expected)
    {
        Prompt prompt = Create("""{"content":{"messages":[{"role":"system","content":"S"}]},"isLiteral":true}""", out _);
        Shown(prompt.Render(JsonElement.Parse(input), null, null, wrapsExamples: false, [])).ShouldBe($"system:S|user:{expected}");
    }

    [Fact]
    public void All_problems_of_a_prompt_are_told()
    {
        Create("""{"content":{"messages":[{"role":"system","content":"{{a b}}"},{"role":"user","content":"{{"}],"inputs":{"type":"nonsense"}}}""", out List<string> problems);
        problems.Count.ShouldBe(3);
    }
}
