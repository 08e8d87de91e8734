using System.Text.Json;

namespace AgentOperator.Cel.Tests.Conformance;

/// <summary>A test of the specification's suite.</summary>
internal sealed record Vector(string Name, JsonElement Test)
{
    private const string Variable = "CEL_SPEC_VECTORS";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Conformance");

    /// <summary>Another version of the suite, or more of its files; null for the one that is here.</summary>
    public static string? Given => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    public static IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Given ?? Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(static name => name!)];

    /// <summary>Tests that are left out: <c>file/section/test</c> or <c>file/*</c>, and why.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } = File.ReadAllLines(Path.Combine(Folder, "left-out.txt"))
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(": ", 2))
        .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);

    public bool IsLeftOut => LeftOut.ContainsKey(Name) || LeftOut.ContainsKey($"{Name.Split('/')[0]}/*");

    public static IReadOnlyList<Vector> Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Given ?? Folder, file + ".json")));
        List<Vector> vectors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonElement section in document.RootElement.TryGetProperty("section", out JsonElement sections) ? sections.EnumerateArray() : default)
        {
            foreach (JsonElement test in section.TryGetProperty("test", out JsonElement tests) ? tests.EnumerateArray() : default)
            {
                string name = $"{file}/{section.GetProperty("name").GetString()}/{test.GetProperty("name").GetString()}";
                for (int i = 2; !names.Add(name); i++)
                {
                    name = $"{file}/{section.GetProperty("name").GetString()}/{test.GetProperty("name").GetString()}#{i}";
                }

                vectors.Add(new Vector(name, test.Clone()));
            }
        }

        return vectors;
    }

    /// <summary>Null where it passes, else what came instead.</summary>
    public string? Run()
    {
        CelEnvironment environment = Declarations.Of(Test);
        bool check = !(Test.TryGetProperty("disable_check", out JsonElement disable) && disable.GetBoolean());
        bool fails = Test.TryGetProperty("eval_error", out _);
        if (!environment.TryCompile(Test.GetProperty("expr").GetString()!, check, out CelProgram? program, out IReadOnlyList<CelIssue> issues))
        {
            return fails ? null : $"does not compile: {string.Join("; ", issues)}";
        }

        JsonElement? expected = Test.TryGetProperty("value", out JsonElement value) ? value : null;
        if (Test.TryGetProperty("typed_result", out JsonElement typed))
        {
            CelType type = Declarations.Type(typed.GetProperty("deduced_type"));
            if (!type.Equals(program.ResultType))
            {
                return $"has type {program.ResultType}, not {type}";
            }

            if (Test.TryGetProperty("check_only", out JsonElement only) && only.GetBoolean())
            {
                return null;
            }

            expected = typed.GetProperty("result");
        }

        try
        {
            CelValue result = program.Evaluate(new CelActivation(Declarations.Bindings(Test)));
            CelValue wanted = expected is { } some ? Values.Read(some) : CelValue.True;
            return fails ? $"gave {result}, not an error" : Values.AreSame(result, wanted) ? null : $"gave {result}, not {wanted}";
        }
        catch (CelEvaluationException e)
        {
            return fails ? null : $"failed: {e.Message}";
        }
    }
}
