using System.Text.Json;
using AgentOperator.Cel;

namespace AgentOperator.Bench.Cel;

/// <summary>A typical condition over values from JSON. The floors are the same condition in C#, over the same JSON and over records; in turns, and the median of the rounds counts.</summary>
internal static class CelBench
{
    private const string Condition = "steps.review.outputs.count > 3 && params.env == 'prod' && steps.review.outputs.issues.exists(i, i.severity == 'critical')";

    private const string Steps = """
        { "review": { "phase": "Succeeded", "outputs": { "count": 4, "issues": [
            { "severity": "low", "text": "a name" }, { "severity": "minor", "text": "a comment" }, { "severity": "major", "text": "a race" }, { "severity": "critical", "text": "a leak" } ] } } }
        """;

    private const int Calls = 200_000;
    private const int Rounds = 11;

    public static IReadOnlyList<Measurement> Run()
    {
        using JsonDocument steps = JsonDocument.Parse(Steps);
        using JsonDocument parameters = JsonDocument.Parse("""{ "env": "prod" }""");
        CelProgram program = CelEnvironment.Standard.With("steps", CelType.Dyn).With("params", CelType.Map(CelType.String, CelType.String)).Compile(Condition);
        CelActivation activation = Activation(steps, parameters);
        Outputs outputs = new(4, [new Issue("low"), new Issue("minor"), new Issue("major"), new Issue("critical")]);
        string env = parameters.RootElement.GetProperty("env").GetString()!;
        List<double> evaluated = [];
        List<double> cold = [];
        List<double> json = [];
        List<double> records = [];
        double allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            records.Add(Measure(() => outputs.Count > 3 && env == "prod" && outputs.Issues.Exists(static issue => issue.Severity == "critical")));
            json.Add(Measure(() => OverJson(steps.RootElement, parameters.RootElement)));
            cold.Add(Measure(() => program.Evaluate(Activation(steps, parameters)).AsBool()));
            long before = GC.GetAllocatedBytesForCurrentThread();
            evaluated.Add(Measure(() => program.Evaluate(activation).AsBool()));
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
        }

        return
        [
            new Measurement("cel.floor.records_ns", Median(records), "ns", null),
            new Measurement("cel.floor.json_ns", Median(json), "ns", null),
            new Measurement("cel.eval_ns", Median(evaluated), "ns", 1000),
            new Measurement("cel.eval_bytes", Math.Floor(allocated), "B", 0),
            new Measurement("cel.eval_unread_ns", Median(cold), "ns", null),
        ];
    }

    private static CelActivation Activation(JsonDocument steps, JsonDocument parameters) => new(new Dictionary<string, CelValue>(StringComparer.Ordinal)
    {
        ["steps"] = CelValue.From(steps.RootElement),
        ["params"] = CelValue.From(parameters.RootElement),
    });

    private static bool OverJson(JsonElement steps, JsonElement parameters)
    {
        JsonElement outputs = steps.GetProperty("review").GetProperty("outputs");
        if (outputs.GetProperty("count").GetInt64() <= 3 || !parameters.GetProperty("env").ValueEquals("prod"))
        {
            return false;
        }

        foreach (JsonElement issue in outputs.GetProperty("issues").EnumerateArray())
        {
            if (issue.GetProperty("severity").ValueEquals("critical"))
            {
                return true;
            }
        }

        return false;
    }

    private static double Measure(Func<bool> call)
    {
        bool all = true;
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < Calls; i++)
        {
            all &= call();
        }

        double elapsed = TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / Calls;
        return all ? elapsed : throw new InvalidOperationException("The condition must hold.");
    }

    private static double Median(List<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);

    private sealed record Issue(string Severity);

    private sealed record Outputs(long Count, List<Issue> Issues);
}
