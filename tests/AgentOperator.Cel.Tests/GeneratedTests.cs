using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Cel.Tests;

/// <summary>Text that is nearly an expression.</summary>
public sealed class GeneratedTests
{
    private static readonly string[] Parts =
    [
        "1", "0", "-", "2u", "1.5", "1e400", "'a'", "\"é😀\"", "b'\\xff'", "r'\\'", "'''x", "'\\u12", "true", "null", "x", "y.a", "x.`b-c`", ".", ".?", "[", "]", "[?", "{", "}", "(", ")", ",", ":", "?", " ",
        "+", "*", "/", "%", "==", "<", ">=", "in", "&&", "||", "!", "//", "\n", "size(", ".size()", ".map(i, ", ".all(i, ", ".exists(k, v, ", ".filter(i, ", "has(x.a)", "cel.bind(a, ", "a", "i", "[1, 2, 3]", "{'a': 1}",
        "timestamp('2026-01-01T00:00:00Z')", "duration('1h')", ".getFullYear('Europe/Berlin')", "'%s %d'.format([x, 1])", ".matches('a+')", ".replace('a', x)", ".split('')", "optional.of(1)", ".orValue(", "math.greatest(1, ", ".sortBy(i, ",
        "type(", "string(", "int(", "dyn(", "ip('::1')", "url('https://a/b')", "lists.range(", ".transformMap(k, v, ", ".flatten()", "9223372036854775807", "\0", "`", "§", "as", "@x",
    ];

    private static readonly Gen<string> Texts = Gen.Choose(1, 25).SelectMany(static count => Gen.Elements(Parts).ArrayOf(count)).Select(static parts => string.Concat(parts));

    [Fact]
    public void Any_text_compiles_or_gives_issues_and_any_program_gives_a_value_or_an_evaluation_error()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":[1,"b",null,{"c":2.5}],"b-c":{"a":true},"n":-1}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(document.RootElement), ["y"] = CelValue.From("a") });
        CelEnvironment environment = CelEnvironment.Standard.With("x", CelType.Dyn).With("y", CelType.Dyn);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4_000), Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            Run(environment, text, check: true, activation);
            Run(environment, text, check: false, activation);
        }));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll<string?>(text => Run(environment, text ?? "", check: false, activation)));
    }

    private static void Run(CelEnvironment environment, string text, bool check, ICelActivation activation)
    {
        if (!environment.TryCompile(text, check, out CelProgram? program, out IReadOnlyList<CelIssue> issues))
        {
            issues.ShouldNotBeEmpty();
            issues.ShouldAllBe(issue => issue.Offset >= 0 && issue.Offset <= text.Length && issue.Line >= 1 && issue.Column >= 1);
            return;
        }

        try
        {
            CelValue value = program.Evaluate(activation, new CelLimits { Cost = 10_000, Size = 10_000 });
            value.ToString().ShouldNotBeNull();
            value.Equals(value).ShouldBe(value.Equals(value));
        }
        catch (CelEvaluationException e)
        {
            e.Line.ShouldBeGreaterThan(0);
        }
    }
}
