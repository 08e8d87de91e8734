namespace AgentOperator.Api.JsonSchemas;

/// <summary>A schema that is wrong, or that asks for something this validator would have to ignore.</summary>
public sealed class InvalidSchemaException(IReadOnlyList<SchemaProblem> problems) : Exception("The JSON schema cannot be used: " + string.Join("; ", problems))
{
    public IReadOnlyList<SchemaProblem> Problems { get; } = problems;
}
