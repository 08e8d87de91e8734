namespace AgentOperator.Cel.Library;

/// <summary>Short forms for the tables of functions.</summary>
internal static class Fn
{
    public delegate CelValue One(in CelValue value, ref CelContext context);

    public delegate CelValue Two(in CelValue first, in CelValue second, ref CelContext context);

    public delegate CelValue Three(in CelValue first, in CelValue second, in CelValue third, ref CelContext context);

    public static CelType T { get; } = CelType.Parameter("T");

    public static CelType K { get; } = CelType.Parameter("K");

    public static CelType ListOfT { get; } = CelType.List(T);

    public static CelType MapOfT { get; } = CelType.Map(K, T);

    public static CelFunction None(string name, CelType result, CelValue value) => new(name, [], result, (scoped _, ref _) => value);

    public static CelFunction Of(string name, CelType first, CelType result, One implementation) =>
        new(name, [first], result, (scoped arguments, ref context) => implementation(arguments[0], ref context));

    public static CelFunction Of(string name, CelType first, CelType second, CelType result, Two implementation) =>
        new(name, [first, second], result, (scoped arguments, ref context) => implementation(arguments[0], arguments[1], ref context));

    public static CelFunction Of(string name, CelType first, CelType second, CelType third, CelType result, Three implementation) =>
        new(name, [first, second, third], result, (scoped arguments, ref context) => implementation(arguments[0], arguments[1], arguments[2], ref context));

    public static CelFunction Method(string name, CelType receiver, CelType result, One implementation) => Of(name, receiver, result, implementation) with { IsMethod = true };

    public static CelFunction Method(string name, CelType receiver, CelType first, CelType result, Two implementation) => Of(name, receiver, first, result, implementation) with { IsMethod = true };

    public static CelFunction Method(string name, CelType receiver, CelType first, CelType second, CelType result, Three implementation) => Of(name, receiver, first, second, result, implementation) with { IsMethod = true };
}
