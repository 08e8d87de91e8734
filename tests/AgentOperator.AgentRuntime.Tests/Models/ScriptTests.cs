using AgentOperator.AgentRuntime.Models.Scripted;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>A script that is wrong is refused with every mistake and its line.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("rules: []", "line 1: rules must hold at least one rule")]
    [InlineData("a: b: c", "line 1: it is no YAML")]
    [InlineData("rules:\n  - when: { contain: weather\n    answr: { json: 1\n", "it is no YAML")]
    [InlineData("- a", "line 1: it must be one mapping with rules")]
    [InlineData("rules:\n  - answer: { text: a }\nrule: []", "line 3: rule is not known here: there are rules")]
    [InlineData("rules:\n  - when: { contain: a }\n    answer: { text: a }", "line 2: rules[0].when.contain is not known here")]
    [InlineData("rules:\n  - when:\n      matches: '(?=a)'\n    answer: { text: a }", "line 3: rules[0].when.matches is no regular expression")]
    [InlineData("rules:\n  - delay: soon\n    answer: { text: a }", "line 2: rules[0].delay must be a duration such as 250ms, 2s or 1m")]
    [InlineData("rules:\n  - delay: 2h\n    answer: { text: a }", "line 2: rules[0].delay must be a duration")]
    [InlineData("rules:\n  - times: 0\n    answer: { text: a }", "line 2: rules[0].times must be a whole number from 1")]
    [InlineData("rules:\n  - when: {}", "line 2: rules[0].answer is missing")]
    [InlineData("rules:\n  - fail: { message: a }", "line 2: rules[0].fail.status or cutAfter must be given")]
    [InlineData("rules:\n  - fail: { status: 200 }", "line 2: rules[0].fail.status must be a whole number from 400 to 599")]
    [InlineData("rules:\n  - answer: { text: a, json: 1 }", "line 2: rules[0].answer.json and text exclude each other")]
    [InlineData("rules:\n  - answer:\n      toolCalls:\n        - arguments: { a: 1 }", "line 4: rules[0].answer.toolCalls[0].name is missing")]
    [InlineData("rules:\n  - hang: yes", "line 2: rules[0].hang must be true or false")]
    public void A_mistake_is_told_with_its_line(string text, string problem) =>
        Should.Throw<ScriptException>(() => Script.Parse(text)).Problems.ShouldContain(found => found.StartsWith(problem, StringComparison.Ordinal), problem);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Should.Throw<ScriptException>(() => Script.Parse("rules:\n  - delay: soon\n    answer: { texts: a }\n  - times: -1")).Problems.Count.ShouldBe(4);

    [Fact]
    public void Json_is_read_as_well() =>
        Script.Parse("""{ "rules": [ { "when": { "contains": "a" }, "answer": { "json": { "n": 1, "s": "1" } } } ] }""").Rules[0].Answer.Json!.ToJsonString().ShouldBe("""{"n":1,"s":"1"}""");

    [Fact]
    public void A_file_that_is_not_there_is_a_problem_of_the_script() =>
        Should.Throw<ScriptException>(() => Script.Load("/no/such/script.yaml")).Message.ShouldStartWith("/no/such/script.yaml cannot be used");

    [Fact]
    public void The_example_of_the_documentation_is_a_script()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "models.md"));
        string example = page.Split("```yaml").Select(static part => part.Split("```")[0]).First(static part => part.TrimStart().StartsWith("rules:", StringComparison.Ordinal));

        Script.Parse(example).Rules.Count.ShouldBe(5);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentOperator.sln")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }
}
