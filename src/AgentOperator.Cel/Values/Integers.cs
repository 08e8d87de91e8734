namespace AgentOperator.Cel.Values;

/// <summary>Division that rounds down.</summary>
internal static class Integers
{
    public static long FloorDivide(this long value, long divisor, out long rest)
    {
        (long quotient, rest) = Math.DivRem(value, divisor);
        if (rest < 0)
        {
            rest += divisor;
            quotient--;
        }

        return quotient;
    }
}
