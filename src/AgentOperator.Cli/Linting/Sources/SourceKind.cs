namespace AgentOperator.Cli.Linting.Sources;

/// <summary>What a value is, in the words of JSON Schema.</summary>
internal enum SourceKind
{
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}
