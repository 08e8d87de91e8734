namespace AgentOperator.Cel.Syntax;

/// <summary>The macros that loop.</summary>
internal enum ComprehensionKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    List,
    Map,
    MapEntry,
    SortBy,
}
