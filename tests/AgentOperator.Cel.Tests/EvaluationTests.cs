using System.Text.Json;

namespace AgentOperator.Cel.Tests;

public sealed class EvaluationTests
{
    private static readonly CelEnvironment Any = CelEnvironment.Standard.With("x", CelType.Dyn).With("y", CelType.Dyn);

    [Theory]
    [InlineData("x || true", "true")]
    [InlineData("true || x", "true")]
    [InlineData("x && false", "false")]
    [InlineData("[1, 2].exists(i, i / (i - 1) > 1)", "true")]
    [InlineData("[2, 1].all(i, 4 / (i - 1) < 0)", "false")]
    [InlineData("cel.bind(a, x, true)", "true")]
    [InlineData("optional.of(1).orValue(x)", "1")]
    public void An_error_that_is_not_needed_is_none(string text, string expected) => Any.Compile(text).Evaluate(CelActivation.Empty).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("x", "1:1: 'x' has no value")]
    [InlineData("1 +\n  9223372036854775807", "1:3: integer overflow: the result does not fit into 64 bits")]
    [InlineData("[1,\n 1 / 0]", "2:4: divide by zero")]
    [InlineData("{'a': 1}.b", "1:10: no such key: 'b'; test it with has(), or give another value with .?b.orValue(…)")]
    [InlineData("[1][dyn('a')]", "1:4: no such overload: '[]' for (list, string)")]
    [InlineData("dyn(1) + dyn('a')", "1:8: no such overload: '+' for (int, string)")]
    [InlineData("'a'.matches('(')", "1:5: '(' is no regular expression: ")]
    [InlineData("'é😀'.substring(9)", "1:6: index out of range: 9")]
    public void An_error_names_its_place(string text, string expected) =>
        Should.Throw<CelEvaluationException>(() => Any.Compile(text).Evaluate(CelActivation.Empty)).Message.ShouldStartWith(expected);

    [Fact]
    public void What_is_unknown_stays_so_unless_it_is_not_needed()
    {
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.Unknown("x") });
        Any.Compile("x && false").Evaluate(activation).AsBool().ShouldBeFalse();
        Any.Compile("x.a > 3 && true").Evaluate(activation).Kind.ShouldBe(CelKind.Unknown);
        Any.Compile("x || y").Evaluate(activation).Kind.ShouldBe(CelKind.Unknown);
    }

    [Theory]
    [InlineData("lists.range(3000).all(i, lists.range(3000).all(j, i + j >= 0))", "more work than the limit")]
    [InlineData("cel.bind(a, [1,1,1,1,1,1,1,1], cel.bind(b, [a,a,a,a,a,a,a,a], cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c], cel.bind(e, [d,d,d,d,d,d,d,d], cel.bind(f, [e,e,e,e,e,e,e,e], [f,f,f,f,f,f,f,f]))))))", "over the limit of 1048576")]
    [InlineData("lists.range(20).map(i, 'aaaaaaaaaaaaaaaa').map(s, s.replace('a', 'aaaaaaaaaaaaaaaa')).map(s, s.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).map(s, s.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'))", "limit of")]
    [InlineData("lists.range(100000).map(i, semver('1.0.0-a' + string(i))).distinct().size() > 0", "more work than the limit")]
    [InlineData("lists.range(5000).all(i, 'a'.matches('[a-z]{1,9}|' + string(i)))", "more work than the limit")]
    [InlineData("cel.bind(s, lists.range(40000).map(i, 'aaaaaaaaaaaaaaaa').join(), s.findAll('a.*b|a').size() > 0)", "more work than the limit")]
    [InlineData("cel.bind(s, lists.range(30000).map(i, i % 3 == 0 ? 'a' : 'b').join(), s.findAll('a(?:[ab]*a[ab]{500}c)?').size() > 0)", "more work than the limit")]
    [InlineData("cel.bind(s, lists.range(30000).map(i, i % 3 == 0 ? 'a' : 'b').join(), s.findAll('ab').size() > 0)", null)]
    [InlineData("cel.bind(s, lists.range(10000).map(i, 'aaaaaaaa').join(), s.contains(s.substring(0, 20000) + 'b' + s.substring(0, 20000)))", "more work than the limit")]
    [InlineData("lists.range(5000).all(i, 'ab'.matches('[a-z]' + 'b'))", null)]
    [InlineData("true || lists.range(2000000).size() > 0 || true", null)]
    [InlineData("lists.range(2000000).size() > 0 || true", "over the limit of 1048576")]
    [InlineData("'a'.matches('(((a{100}){100}){100}){100}')", "too large")]
    public void Limits_end_an_evaluation_and_nothing_absorbs_them(string text, string? expected)
    {
        CelProgram program = CelEnvironment.Standard.Compile(text);
        if (expected is null)
        {
            program.Evaluate(CelActivation.Empty).AsBool().ShouldBeTrue();
        }
        else
        {
            Should.Throw<CelEvaluationException>(() => program.Evaluate(CelActivation.Empty)).Message.ShouldContain(expected);
        }
    }

    [Fact]
    public void A_loop_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource source = new();
        CelEnvironment environment = CelEnvironment.Standard.With(new CelFunction("stop", [CelType.Int], CelType.Bool, (scoped arguments, ref _) =>
        {
            if (arguments[0].AsInt() == 5)
            {
                source.Cancel();
            }

            return arguments[0].AsInt() > 5 ? CelValue.Error("went on") : CelValue.True;
        }));
        Should.Throw<OperationCanceledException>(() => environment.Compile("lists.range(100).all(i, stop(i))").Evaluate(CelActivation.Empty, cancellation: source.Token));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(10_000)]
    public void Nesting_that_is_too_deep_is_an_error_and_no_overflow(int depth)
    {
        foreach (string text in (string[])[new string('(', depth) + '1' + new string(')', depth), string.Concat(Enumerable.Repeat("1+", depth)) + '1', new string('!', depth) + "true", new string('[', depth) + new string(']', depth), 'x' + string.Concat(Enumerable.Repeat(".a", depth)), string.Concat(Enumerable.Repeat("true?1:", depth)) + '1'])
        {
            Any.TryCompile(text, out _, out IReadOnlyList<CelIssue> issues).ShouldBeFalse();
            issues[0].Message.ShouldContain("deeper");
        }
    }

    [Fact]
    public void Long_chains_of_and_are_not_deep() => Any.Compile(string.Join(" && ", Enumerable.Repeat("true", 10_000))).Evaluate(CelActivation.Empty).AsBool().ShouldBeTrue();

    [Fact]
    public void A_record_is_asked_for_what_is_read_only()
    {
        Recording record = new();
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(record) });
        Any.Compile("x.a == 'a' && x['b'] == 'b' && has(x.c) && !has(x.none)").Evaluate(activation).AsBool().ShouldBeTrue();
        record.Asked.ShouldBe(["a", "b", "c", "none"]);
        Should.Throw<CelEvaluationException>(() => Any.Compile("x.lost").Evaluate(activation)).Message.ShouldBe("1:3: the value was lost");
    }

    [Fact]
    public void One_program_serves_many_threads()
    {
        using JsonDocument document = JsonDocument.Parse("""{"items":[{"n":1},{"n":2},{"n":3}]}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(document.RootElement) });
        CelProgram program = Any.Compile("x.items.map(i, i.n * 2).filter(n, n > 2).sum() + x.items.map(a, x.items.map(b, a.n * b.n).sum()).sum()");
        Parallel.For(0, 1000, _ => program.Evaluate(activation).AsInt().ShouldBe(46));
    }

    private sealed class Recording : CelRecord
    {
        public List<string> Asked { get; } = [];

        public override IEnumerable<string> Names => ["a", "b", "c"];

        public override bool TryGet(string key, out CelValue value)
        {
            Asked.Add(key);
            value = key is "lost" ? CelValue.Error("the value was lost") : CelValue.From(key);
            return key is not "none";
        }
    }
}
