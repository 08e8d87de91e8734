namespace AgentOperator.Cli.Tests.Linting;

/// <summary>What <c>lint</c> prints.</summary>
public sealed class LintTests
{
    private const string Head = "apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: { name: w }\n";

    [Fact]
    public async Task Errors_have_their_place_a_reason_and_a_remedy()
    {
        (int code, string output, string error) = await CommandLine.RunAsync(
            """
            kind: ConfigMap
            apiVersion: v1
            ---
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata:
              name: Deploy
            spec:
              onChange: queue
              parallelism: 0
              steps:
              - name: build
                contianer: { image: x }
                timeout: 10
              - name: build
                needs:
                - 7
            """,
            "lint",
            "-");

        code.ShouldBe(ExitCodes.No);
        output.ReplaceLineEndings("\n").ShouldContain("""
            -:7:9: error[InvalidName]: metadata.name must be lower-case letters, digits, hyphens and dots, with a letter or digit at both ends, in quotes if it is a number
            -:9:13: error[NotAllowed]: spec.onChange cannot be "queue": write one of Queue, Replace, Ignore; did you mean Queue?
            -:10:16: error[TooSmall]: spec.parallelism is 0: it must be at least 1
            """.ReplaceLineEndings("\n"));
        output.ShouldContain("""-:13:5: error[UnknownField]: unknown field "spec.steps[0].contianer"; did you mean container?""");
        output.ShouldContain("-:14:14: error[WrongType]: spec.steps[0].timeout must be a text, not the number 10 (in quotes it is a text)");
        output.ShouldContain("-:15:5: error[Duplicate]: spec.steps[1] has the same name build as an earlier item: rename or remove one");
        output.ShouldContain("-:17:7: error[WrongType]: spec.steps[1].needs[0] must be a text, not the number 7 (in quotes it is a text)");
        error.ShouldStartWith("1 object in 1 file checked, 1 document of other kinds left out: ");
    }

    [Theory]
    [InlineData("a: [", "-:2:1: error[InvalidYaml]: this is not valid YAML")]
    [InlineData("a: 1\na: 2\n", "-:2:1: error[DuplicateField]: the field a is here twice")]
    [InlineData("a: *x\n", "-:1:4: error[InvalidYaml]: *x has no &x before it")]
    [InlineData("a: .nan\n", "-:1:4: error[InvalidYaml]: .nan is a number that JSON does not have")]
    [InlineData("a: {{ params.x }}\n", "-:1:5: error[InvalidYaml]: a key must be a simple text: quote it, and put {{ }} in quotes")]
    public async Task A_file_that_is_no_YAML_says_where(string text, string expected)
    {
        (int code, string output, _) = await CommandLine.RunAsync(text.ReplaceLineEndings("\n") + "\n", "lint", "-");

        code.ShouldBe(ExitCodes.No);
        output.ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_bomb_of_aliases_is_refused()
    {
        string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 12).Select(static i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        (int code, string output, _) = await CommandLine.RunAsync(bomb, "lint", "-");

        code.ShouldBe(ExitCodes.No);
        output.ShouldContain("once its aliases are written out");
    }

    [Theory]
    [InlineData("yes", "true (in quotes")]
    [InlineData("on", "true (in quotes")]
    [InlineData("0o17", "the number 15 ")]
    [InlineData("010", "the number 8 ")]
    [InlineData("0x1F", "the number 31 ")]
    [InlineData("1_000", "the number 1000 ")]
    [InlineData("1e3", "the number 1000 ")]
    [InlineData("\"010\"", "")]
    [InlineData("2026-01-01", "")]
    [InlineData("!!str 12", "")]
    public async Task Texts_without_quotes_mean_what_they_mean_to_kubectl(string value, string expected)
    {
        (_, string output, _) = await CommandLine.RunAsync($"{Head}spec:\n  runToken: {value}\n  steps: [{{ name: a, container: {{ image: x }} }}]\n", "lint", "-");

        if (expected.Length == 0)
        {
            output.ShouldBeEmpty();
        }
        else
        {
            output.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task Json_and_GitHub_can_read_findings_too()
    {
        const string Broken = $"{Head}spec: {{ steps: [] }}\n";

        (int code, string json, _) = await CommandLine.RunAsync(Broken, "lint", "-", "-o", "json");
        code.ShouldBe(ExitCodes.No);
        json.ReplaceLineEndings("\n").TrimEnd().ShouldBe("""
            [
              {
                "file": "-",
                "line": 4,
                "column": 16,
                "severity": "error",
                "reason": "TooFew",
                "path": "spec.steps",
                "message": "spec.steps has 0 items: it must have at least 1",
                "object": "workflow/w"
              }
            ]
            """.ReplaceLineEndings("\n"));

        (_, string github, _) = await CommandLine.RunAsync(Broken, "lint", "-", "-o", "github");
        github.TrimEnd().ShouldBe("::error file=-,line=4,col=16,title=TooFew::spec.steps has 0 items: it must have at least 1");
    }

    [Fact]
    public async Task A_file_without_objects_of_ours_is_no_success()
    {
        (int code, _, string error) = await CommandLine.RunAsync("kind: ConfigMap\napiVersion: v1\n", "lint", "-");

        code.ShouldBe(ExitCodes.Failed);
        error.ShouldContain("there is no object of agentoperator.dev in -: nothing was checked");
    }

    [Theory]
    [InlineData("kind: Workflo", "error[UnknownKind]: agentoperator.dev has no kind Workflo: there are agents,")]
    [InlineData("kind: ../crd/agents", "error[UnknownKind]")]
    public async Task A_kind_that_does_not_exist_is_named(string kind, string expected)
    {
        (int code, string output, _) = await CommandLine.RunAsync($"apiVersion: agentoperator.dev/v1alpha1\n{kind}\nmetadata: {{ name: w }}\n", "lint", "-");

        code.ShouldBe(ExitCodes.No);
        output.ShouldContain(expected);
    }
}
