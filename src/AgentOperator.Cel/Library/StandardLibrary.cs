namespace AgentOperator.Cel.Library;

/// <summary>All functions and the types that they bring.</summary>
internal static class StandardLibrary
{
    public static IEnumerable<CelType> Types => [IpAddress.CelType, IpNetwork.CelType, Url.CelType, ResourceQuantity.CelType, SemanticVersion.CelType];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. OperatorLibrary.Functions,
        .. CoreLibrary.Functions,
        .. ConversionLibrary.Functions,
        .. TimeLibrary.Functions,
        .. StringLibrary.Functions,
        .. ListLibrary.Functions,
        .. MathLibrary.Functions,
        .. SetLibrary.Functions,
        .. EncoderLibrary.Functions,
        .. OptionalLibrary.Functions,
        .. RegexLibrary.Functions,
        .. UrlLibrary.Functions,
        .. NetworkLibrary.Functions,
        .. QuantityLibrary.Functions,
        .. VersionLibrary.Functions,
    ];
}
