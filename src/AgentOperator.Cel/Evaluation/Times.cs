namespace AgentOperator.Cel.Evaluation;

/// <summary>Instants of the years 1 to 9999 and spans of up to 292 years, both to the nanosecond.</summary>
internal static class Times
{
    public const long Second = 1_000_000_000;
    public const long MinSeconds = -62135596800;
    public const long MaxSeconds = 253402300799;

    public static CelValue Timestamp(long seconds, int nanos) =>
        seconds is < MinSeconds or > MaxSeconds ? CelValue.Error("timestamp out of range: it must be in the years 1 to 9999") : CelValue.FromTimestamp(seconds, nanos);

    public static CelValue Duration(Int128 nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? CelValue.Error("duration out of range: it must be less than 292 years") : CelValue.FromDuration((long)nanoseconds);

    public static bool TryAdd(char operation, in CelValue left, in CelValue right, out CelValue result)
    {
        result = default;
        switch (left.Kind, operation, right.Kind)
        {
            case (CelKind.Timestamp, '+', CelKind.Duration):
                result = Move(left, right.Bits);
                return true;
            case (CelKind.Duration, '+', CelKind.Timestamp):
                result = Move(right, left.Bits);
                return true;
            case (CelKind.Timestamp, '-', CelKind.Duration):
                result = Move(left, -(Int128)right.Bits);
                return true;
            case (CelKind.Timestamp, '-', CelKind.Timestamp):
                result = Duration(Nanoseconds(left) - Nanoseconds(right));
                return true;
            case (CelKind.Duration, _, CelKind.Duration):
                result = Duration(operation is '+' ? (Int128)left.Bits + right.Bits : (Int128)left.Bits - right.Bits);
                return true;
            default:
                return false;
        }
    }

    private static Int128 Nanoseconds(in CelValue timestamp) => ((Int128)timestamp.Bits * Second) + timestamp.Nanos;

    private static CelValue Move(in CelValue timestamp, Int128 nanoseconds)
    {
        Int128 moved = Nanoseconds(timestamp) + nanoseconds;
        Int128 rest = moved % Second;
        Int128 seconds = (moved / Second) - (rest < 0 ? 1 : 0);
        return Timestamp((long)seconds, (int)(rest < 0 ? rest + Second : rest));
    }
}
