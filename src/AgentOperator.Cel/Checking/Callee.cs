using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Checking;

/// <summary>What a call names: a function, perhaps with a qualifier before it, or a method of a value.</summary>
internal static class Callee
{
    public static (string Name, bool IsMethod) Resolve(CelEnvironment environment, CallExpr call, Func<string, bool> isLocal)
    {
        if (call.Target is null)
        {
            return (Global(environment, call.Function) ?? call.Function.TrimStart('.'), false);
        }

        string? qualifier = Names.Qualified(call.Target);
        if (qualifier is not null && !isLocal(Names.Root(qualifier)) && Global(environment, $"{qualifier}.{call.Function}") is { } name)
        {
            return (name, false);
        }

        return (call.Function, true);
    }

    private static string? Global(CelEnvironment environment, string name) =>
        Names.Candidates(environment.Container, name).FirstOrDefault(candidate => environment.FindFunctions(candidate).Any(static function => !function.IsMethod));
}
