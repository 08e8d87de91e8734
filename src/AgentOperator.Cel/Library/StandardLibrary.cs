namespace AgentOperator.Cel.Library;

/// <summary>All functions and the types that they bring.</summary>
internal static class StandardLibrary
{
    public static IEnumerable<CelType> Types => [];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. OperatorLibrary.Functions,
        .. CoreLibrary.Functions,
        .. ConversionLibrary.Functions,
        .. RegexLibrary.Functions,
    ];
}
