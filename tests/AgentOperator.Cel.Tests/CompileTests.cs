using System.Text.Json;

namespace AgentOperator.Cel.Tests;

public sealed class CompileTests
{
    private static readonly CelType Issue = CelType.Record("issue", new Dictionary<string, CelType>(StringComparer.Ordinal) { ["severity"] = CelType.String, ["text"] = CelType.String });

    private static readonly CelType Steps = CelType.Record("steps", new Dictionary<string, CelType>(StringComparer.Ordinal)
    {
        ["review"] = CelType.Record("review", new Dictionary<string, CelType>(StringComparer.Ordinal)
        {
            ["outputs"] = CelType.Record("outputs of review", new Dictionary<string, CelType>(StringComparer.Ordinal)
            {
                ["issues"] = CelType.List(Issue),
                ["count"] = CelType.Int,
            }),
        }),
        ["run-tests"] = CelType.Record("run-tests", new Dictionary<string, CelType>(StringComparer.Ordinal) { ["phase"] = CelType.String }),
    });

    internal static CelEnvironment Environment { get; } = CelEnvironment.Standard.With("steps", Steps).With("params", CelType.Map(CelType.String, CelType.String));

    internal const string Condition = "steps.review.outputs.count > 3 && params.env == 'prod' && steps.review.outputs.issues.exists(i, i.severity == 'critical')";

    [Theory]
    [InlineData("foo", "1:1: undeclared reference to 'foo'; declared are")]
    [InlineData("1 +\n  parms.env", "2:3: undeclared reference to 'parms'; did you mean 'params'?")]
    [InlineData("steps.review.outputs.isues", "1:22: unknown field 'isues'; outputs of review has 'issues', 'count'")]
    [InlineData("steps['run-test'].phase", "1:7: unknown field 'run-test'; steps has 'run-tests', 'review'")]
    [InlineData("steps.`run-tests`.phas", "1:19: unknown field 'phas'; run-tests has 'phase'")]
    [InlineData("steps.review.outputs.issues[0].severty", "1:32: unknown field 'severty'; issue has 'severity', 'text'")]
    [InlineData("steps.review.outputs.issues.all(i, i.sev == '')", "1:38: unknown field 'sev'")]
    [InlineData("1 + 2.0", "1:3: no overload of '+' takes (int, double); convert one side with int(), uint() or double()")]
    [InlineData("'a' = 'b'", "1:5: unexpected character '='; equality is '=='")]
    [InlineData("(1 + 2", "1:7: unexpected the end of the expression; expected ')'")]
    [InlineData("sise('a')", "1:1: undeclared reference to function 'sise'; did you mean 'size'?")]
    [InlineData("true and false", "1:6: unexpected 'and'; expected an operator or the end of the expression; and is '&&'")]
    [InlineData("[1].exists(1 > 0)", "1:5: undeclared reference to method 'exists' with 1 arguments; write list.exists(x, condition)")]
    [InlineData("[].length", "1:4: 'list(dyn)' has no fields, so none named 'length'")]
    [InlineData("1e400 > 1.0", "1:1: 1e400 is no 64-bit floating-point number: it is too large")]
    [InlineData("startsWith('a', 'b')", "1:1: undeclared reference to function 'startsWith'; it is a method: call value.startsWith(…)")]
    public void A_mistake_is_named_with_its_place(string text, string expected) =>
        Should.Throw<CelException>(() => Environment.Compile(text)).Issues[0].ToString().ShouldStartWith(expected);

    [Fact]
    public void Text_that_would_take_long_to_check_is_checked_quickly_or_refused()
    {
        Environment.Compile(string.Join("&&", Enumerable.Repeat("1==1", 16_000))).ResultType.ShouldBe(CelType.Bool);
        Environment.TryCompile(string.Join("&&", Enumerable.Repeat("foo", 19_000)), out _, out IReadOnlyList<CelIssue> issues).ShouldBeFalse();
        issues.Count.ShouldBe(50);
        Environment.TryCompile(new string('a', 90_000), out _, out _).ShouldBeFalse();
        string doubled = string.Concat(Enumerable.Range(1, 60).Select(static i => $"cel.bind(a{i}, {{a{i - 1}: a{i - 1}}}, ")) + "a60" + new string(')', 60);
        Environment.TryCompile($"cel.bind(a0, {{1: 1}}, {doubled})", out _, out issues).ShouldBeFalse();
        issues[0].Message.ShouldBe("a key of a map is a string, int, uint or bool, not 'map(int, int)'");
    }

    [Fact]
    public void A_condition_is_evaluated_over_json()
    {
        CelProgram program = Environment.Compile(Condition);
        program.ResultType.ShouldBe(CelType.Bool);
        program.Paths.Select(static path => string.Join('.', path)).ShouldBe(["steps.review.outputs.count", "params.env", "steps.review.outputs.issues"]);
        using JsonDocument steps = JsonDocument.Parse("""{"review":{"outputs":{"count":4,"issues":[{"severity":"low"},{"severity":"critical"}]}},"run-tests":{"phase":"Succeeded"}}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal)
        {
            ["steps"] = CelValue.From(steps.RootElement, Steps),
            ["params"] = CelValue.From(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["env"] = CelValue.From("prod") }),
        });
        program.Evaluate(activation).AsBool().ShouldBeTrue();
        Environment.Compile("steps['run-tests'].phase + steps.`run-tests`.phase").Evaluate(activation).AsString().ShouldBe("SucceededSucceeded");
    }
}
