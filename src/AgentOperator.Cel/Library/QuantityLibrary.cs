using System.Numerics;

namespace AgentOperator.Cel.Library;

/// <summary>Kubernetes' quantities.</summary>
internal static class QuantityLibrary
{
    private static readonly CelType Quantity = ResourceQuantity.CelType;

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("quantity", CelType.String, Quantity, static (in text, ref _) =>
            ResourceQuantity.TryParse(text.Text, out ResourceQuantity? quantity) ? CelValue.From(quantity) : CelValue.Error($"{text} is no quantity; write it as 100m, 1.5 or 2Gi")),
        Fn.Of("isQuantity", CelType.String, CelType.Bool, static (in text, ref context) => CelValue.From(ResourceQuantity.TryParse(text.Text, out _))),
        Fn.Method("sign", Quantity, CelType.Int, static (in value, ref _) => CelValue.From((long)Of(value).Billionths.Sign)),
        Fn.Method("isInteger", Quantity, CelType.Bool, static (in value, ref _) => CelValue.From(Of(value).IsInteger)),
        Fn.Method("asInteger", Quantity, CelType.Int, static (in value, ref _) => Of(value).IsInteger ? CelValue.From(Of(value).Integer) : CelValue.Error($"cannot convert quantity {Of(value)} to an int; test it with isInteger()")),
        Fn.Method("asApproximateFloat", Quantity, CelType.Double, static (in value, ref _) => CelValue.From(Of(value).Approximate())),
        Fn.Method("isLessThan", Quantity, Quantity, CelType.Bool, static (in left, in right, ref _) => CelValue.From(Of(left).Compare(Of(right)) < 0)),
        Fn.Method("isGreaterThan", Quantity, Quantity, CelType.Bool, static (in left, in right, ref _) => CelValue.From(Of(left).Compare(Of(right)) > 0)),
        Fn.Method("compareTo", Quantity, Quantity, CelType.Int, static (in left, in right, ref _) => CelValue.From((long)Math.Sign(Of(left).Compare(Of(right))))),
        Fn.Method("add", Quantity, Quantity, Quantity, static (in left, in right, ref _) => Made(Of(left).Billionths + Of(right).Billionths)),
        Fn.Method("add", Quantity, CelType.Int, Quantity, static (in left, in right, ref _) => Made(Of(left).Billionths + Billionths(right))),
        Fn.Method("sub", Quantity, Quantity, Quantity, static (in left, in right, ref _) => Made(Of(left).Billionths - Of(right).Billionths)),
        Fn.Method("sub", Quantity, CelType.Int, Quantity, static (in left, in right, ref _) => Made(Of(left).Billionths - Billionths(right))),
    ];

    private static ResourceQuantity Of(in CelValue value) => (ResourceQuantity)value.Reference!;

    private static BigInteger Billionths(in CelValue integer) => (BigInteger)integer.Bits * 1_000_000_000;

    private static CelValue Made(BigInteger billionths) => CelValue.From(new ResourceQuantity(billionths));
}
