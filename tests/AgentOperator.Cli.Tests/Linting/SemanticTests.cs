namespace AgentOperator.Cli.Tests.Linting;

/// <summary>What the operator would say, without it.</summary>
public sealed class SemanticTests
{
    private const string Head = "apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: { name: w }\nspec:\n";

    [Theory]
    [InlineData(
        """
          triggers:
          - { name: t, cron: "61 * * * *", timeZone: Europe/Atlantis }
          steps: [{ name: a, container: { image: x } }]
        """,
        ":6:16: error[InvalidSchedule]: spec.triggers[t]: ")]
    [InlineData(
        """
          triggers:
          - { name: t, cron: "1 * * * *", timeZone: Europe/Atlantis }
          steps: [{ name: a, container: { image: x } }]
        """,
        ":6:35: error[UnknownTimeZone]: spec.triggers[t]: the time zone Europe/Atlantis is not known here: write an IANA name such as Europe/Berlin")]
    [InlineData(
        """
          steps:
          - { name: a, needs: [c], container: { image: x } }
          - { name: b, needs: [a], container: { image: x } }
          - { name: c, needs: [b], container: { image: x } }
        """,
        ":6:16: error[DependencyCycle]: steps need each other in a circle: ")]
    [InlineData(
        """
          params: [{ name: no1, type: integer, value: one }]
          steps: [{ name: a, container: { image: x } }]
        """,
        ":5:40: error[ParameterType]: param no1 is declared as integer, but its value is a string")]
    [InlineData(
        """
          steps:
          - name: a
            container: { image: x, args: [ok, "{{ steps.b.outputs.x }}"] }
          - { name: b, container: { image: x } }
        """,
        ":7:39: error[UnknownReference]: spec.steps[a].container.args[1]: {{ steps.b.outputs.x }} names an output that step b does not declare")]
    [InlineData(
        """
          params: [{ name: no1, type: integer, value: 1 }]
          steps:
          - name: a
            when: params.no1 + 'x' == 'y'
            container: { image: x }
        """,
        ":8:5: error[InvalidExpression]: spec.steps[a].when: 1:12: ")]
    [InlineData(
        """
          steps:
          - name: a
            container: { image: x }
            next: { goto: b, maxVisits: 2 }
          - { name: b, needs: [a], container: { image: x } }
        """,
        ":8:13: error[InvalidLoop]: spec.steps[a].next.goto: b is no step that a needs")]
    [InlineData(
        """
          steps:
          - name: a
            container:
              image: x
              volumes:
              - { name: v, emptydir: {} }
        """,
        "error[InvalidPodPart]: spec.steps[a].container.volumes[0].emptydir is not as in a pod")]
    [InlineData(
        """
          steps:
          - name: a
            container: { image: x, args: ["{{ params.x"] }
        """,
        ":7:35: error[InvalidTemplate]: spec.steps[a].container.args[0]: \"{{\" at character 1 has no \"}}\"")]
    public async Task A_mistake_is_found_where_it_is(string spec, string expected)
    {
        (int code, string output, _) = await CommandLine.RunAsync(Head + spec.ReplaceLineEndings("\n") + "\n", "lint", "-");

        code.ShouldBe(ExitCodes.No);
        output.ShouldContain(expected);
    }

    [Fact]
    public async Task All_mistakes_of_one_kind_are_told_at_once()
    {
        (_, string output, _) = await CommandLine.RunAsync($$$"""
            {{{Head}}}  steps:
              - { name: a, container: { image: x, args: ["{{ params.one }}", "{{ params.two }}"] } }
              - { name: b, when: params.three, container: { image: x } }
            """, "lint", "-");

        output.Split('\n').Count(static line => line.Contains("error[UnknownReference]", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_prompt_is_looked_at_and_a_warning_is_no_error()
    {
        (int code, string output, string error) = await CommandLine.RunAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: PromptTemplate
            metadata: { name: p }
            spec:
              template: { messages: [{ role: user, content: "Say {{word}}." }] }
              inputs: { type: object, properties: { word: { type: string }, never: { type: string } } }
            """, "lint", "-");

        code.ShouldBe(ExitCodes.Ok);
        output.ShouldStartWith("-:6:65: warning[UnusedInput]: spec.inputs.properties.never: no message uses {{never}}");
        error.ShouldEndWith($"no errors, 1 warning{Environment.NewLine}");
    }
}
