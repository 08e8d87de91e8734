using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>JSON Schema 2020-12 (json-schema.org) as far as agents and prompts use it. Nothing that would change an answer is ignored:
/// remote and dynamic references, anchors, nested <c>$id</c> and the keywords of older drafts are refused by name. <c>format</c> is an annotation.
/// A parsed schema is immutable and safe to share.</summary>
public sealed class JsonSchema
{
    /// <summary>How many violations are told at most.</summary>
    public const int MaxViolations = 20;

    private readonly SchemaNode _root;
    private readonly bool _tracksEvaluated;

    private JsonSchema(SchemaNode root, bool tracksEvaluated) => (_root, _tracksEvaluated) = (root, tracksEvaluated);

    /// <exception cref="InvalidSchemaException">With all problems of the schema.</exception>
    public static JsonSchema Parse(JsonElement schema) =>
        TryParse(schema, out IReadOnlyList<SchemaProblem> problems) ?? throw new InvalidSchemaException(problems);

    /// <summary>The schema, or null and everything that is wrong with it.</summary>
    public static JsonSchema? TryParse(JsonElement schema, out IReadOnlyList<SchemaProblem> problems)
    {
        SchemaCompiler compiler = new(schema);
        SchemaNode root = compiler.Compile();
        problems = compiler.Problems;
        return problems.Count == 0 ? new JsonSchema(root, compiler.TracksEvaluated) : null;
    }

    /// <summary>The first <see cref="MaxViolations"/> violations; none when the value is valid. Bounded in depth and in steps: a value or schema
    /// that would take too long is a violation that says so.</summary>
    public IReadOnlyList<SchemaViolation> Validate(JsonElement value)
    {
        Evaluation evaluation = new(_tracksEvaluated);
        try
        {
            evaluation.Apply(_root, value, seen: null);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json on a lone surrogate.
            evaluation.Fail("holds text that is not valid Unicode");
        }

        return evaluation.Violations;
    }
}
