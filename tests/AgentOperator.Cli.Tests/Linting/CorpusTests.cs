using AgentOperator.Cli.Linting.Schemas;
using AgentOperator.Tooling;

namespace AgentOperator.Cli.Tests.Linting;

/// <summary>What the API server refuses, and what it takes, is the same without it.</summary>
public sealed class CorpusTests
{
    private static readonly string Corpus = Repository.PathTo("tests", "AgentOperator.Manifests.Tests");

    public static TheoryData<string> Refused => [.. Files("Refused")];

    // The server lets what stands in {{ }} through; the operator does not.
    private static readonly string[] RefusedByTheOperator = ["template-in-env.yaml"];

    public static TheoryData<string> Accepted => [.. Files("Accepted").Except(RefusedByTheOperator)];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_server_refuses_is_refused_offline(string file)
    {
        (int code, string output, string error) = await CommandLine.RunAsync("", "lint", Path.Combine(Corpus, "Refused", file));

        code.ShouldBe(ExitCodes.No, error);
        output.ShouldMatch($@"{file}:\d+:\d+: error\[[A-Z][A-Za-z]+\]: .+");
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task What_the_server_takes_is_taken_offline(string file)
    {
        (int code, string output, _) = await CommandLine.RunAsync("", "lint", Path.Combine(Corpus, "Accepted", file));

        output.ShouldBeEmpty();
        code.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task What_the_operator_would_refuse_is_refused_offline_too()
    {
        foreach (string file in RefusedByTheOperator)
        {
            (int code, string output, _) = await CommandLine.RunAsync("", "lint", Path.Combine(Corpus, "Accepted", file));

            code.ShouldBe(ExitCodes.No);
            output.ShouldContain("error[UnknownReference]");
        }
    }

    [Fact]
    public void Every_rule_of_every_kind_can_be_evaluated_here()
    {
        RuleCheck rules = new();
        Stack<StructuralSchema> open = new(KindSchemas.Plurals.Select(static plural => new KindSchemas().Find(plural switch { "prompttemplates" => "PromptTemplate", _ => char.ToUpperInvariant(plural[0]) + plural[1..^1] }, "v1alpha1")!));
        int count = 0;
        while (open.TryPop(out StructuralSchema? schema))
        {
            foreach (ValidationRule rule in schema.Rules)
            {
                rules.Compiled(rule.Rule).Text.ShouldBe(rule.Rule);
                count++;
            }

            foreach (StructuralSchema child in ((StructuralSchema?[])[schema.Items, schema.AdditionalProperties, .. schema.PropertyNames.Select(schema.Property)]).OfType<StructuralSchema>())
            {
                open.Push(child);
            }
        }

        count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_examples_have_no_errors()
    {
        (int code, string output, string error) = await CommandLine.RunAsync("", "lint", Repository.PathTo("examples"));

        output.ShouldBeEmpty();
        code.ShouldBe(ExitCodes.Ok);
        error.ShouldEndWith($": no errors{Environment.NewLine}");
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Corpus, folder), "*.yaml").Select(static path => Path.GetFileName(path)!).Order();
}
