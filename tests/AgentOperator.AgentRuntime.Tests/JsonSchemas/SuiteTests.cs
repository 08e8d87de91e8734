using System.Text.Json;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Tests.JsonSchemas;

/// <summary>The official test suite (github.com/json-schema-org/JSON-Schema-Test-Suite, MIT). What is left out stands in left-out.json with the reason.</summary>
public sealed class SuiteTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "JsonSchemaSuite");

    public static TheoryData<string> Files => new(Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Folder, file))
        .Where(static file => file != "left-out.json")
        .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_answer_is_the_suites_and_every_exception_is_listed(string file)
    {
        Dictionary<string, string> leftOut = LeftOut(file);
        List<string> wrong = [];
        foreach (JsonElement group in Read(file).EnumerateArray())
        {
            string name = group.GetProperty("description").GetString()!;
            JsonSchema? schema = JsonSchema.TryParse(group.GetProperty("schema"), out IReadOnlyList<SchemaProblem> problems);
            if (leftOut.Remove(name))
            {
                problems.ShouldNotBeEmpty($"{file}: \"{name}\" is listed as left out, but the schema is accepted");
                continue;
            }

            if (schema is null)
            {
                wrong.Add($"{name}: refused: {string.Join("; ", problems)}");
                continue;
            }

            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                string what = $"{name}: {test.GetProperty("description").GetString()}";
                IReadOnlyList<SchemaViolation> violations = schema.Validate(test.GetProperty("data"));
                if (!leftOut.Remove(what) && test.GetProperty("valid").GetBoolean() != (violations.Count == 0))
                {
                    wrong.Add($"{what}: {string.Join("; ", violations)}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        leftOut.Keys.ShouldBeEmpty("listed as left out, but not in the suite");
    }

    private static Dictionary<string, string> LeftOut(string file) =>
        Read("left-out.json").TryGetProperty(file.Replace('\\', '/'), out JsonElement entries)
            ? entries.EnumerateObject().ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!)
            : [];

    private static JsonElement Read(string file) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
}
