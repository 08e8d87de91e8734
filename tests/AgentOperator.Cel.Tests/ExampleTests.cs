namespace AgentOperator.Cel.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void The_example_of_the_readme_works()
    {
        CelType outputs = CelType.Record("outputs of review", new Dictionary<string, CelType> { ["count"] = CelType.Int, ["verdict"] = CelType.String });
        CelType steps = CelType.Record("steps", new Dictionary<string, CelType> { ["review"] = CelType.Record("review", new Dictionary<string, CelType> { ["outputs"] = outputs }) });
        CelEnvironment environment = CelEnvironment.Standard
            .With("steps", steps)
            .With(new CelFunction("shout", [CelType.String], CelType.String, static (scoped arguments, ref _) => CelValue.From(arguments[0].AsString() + "!")));

        CelProgram program = environment.Compile("steps.review.outputs.count > 3 ? shout(steps.review.outputs.verdict) : 'fine'");
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse("""{ "review": { "outputs": { "count": 4, "verdict": "no" } } }""");
        CelValue value = program.Evaluate(new CelActivation(new Dictionary<string, CelValue> { ["steps"] = CelValue.From(json.RootElement, steps) }));
        value.AsString().ShouldBe("no!");

        environment.TryCompile("steps.review.outputs.verdit", out _, out IReadOnlyList<CelIssue> issues).ShouldBeFalse();
        issues[0].ToString().ShouldBe("1:22: unknown field 'verdit'; outputs of review has 'verdict', 'count'");
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Example", "README.md"));
        readme.ShouldContain("steps.review.outputs.count > 3 ? shout(steps.review.outputs.verdict) : 'fine'");
        readme.ShouldContain(issues[0].ToString());
    }
}
