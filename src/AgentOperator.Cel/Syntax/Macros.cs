namespace AgentOperator.Cel.Syntax;

/// <summary>Calls that are no functions, since their arguments are not evaluated first.</summary>
internal static class Macros
{
    public static Expr Expand(CallExpr call, SyntaxOptions options)
    {
        if (!options.Macros)
        {
            return call;
        }

        if (call.Target is null)
        {
            return call is { Function: "has", Arguments: [Expr tested] } ? Has(call, tested) : call;
        }

        if (Names.Qualified(call.Target) is "cel" && Cel(call, options) is { } let)
        {
            return let;
        }

        return (call.Function, call.Arguments.Count) switch
        {
            ("all", 2 or 3) => Loop(call, ComprehensionKind.All, call.Arguments.Count - 1),
            ("exists", 2 or 3) => Loop(call, ComprehensionKind.Exists, call.Arguments.Count - 1),
            ("exists_one" or "existsOne", 2 or 3) => Loop(call, ComprehensionKind.ExistsOne, call.Arguments.Count - 1),
            ("filter", 2) => Loop(call, ComprehensionKind.Filter, 1),
            ("sortBy", 2) => Loop(call, ComprehensionKind.SortBy, 1),
            ("map", 2 or 3) => Loop(call, ComprehensionKind.List, 1),
            ("transformList", 3 or 4) => Loop(call, ComprehensionKind.List, 2),
            ("transformMap", 3 or 4) => Loop(call, ComprehensionKind.Map, 2),
            ("transformMapEntry", 3 or 4) => Loop(call, ComprehensionKind.MapEntry, 2),
            ("optMap", 2) => new OptionalMapExpr(call.Offset, call.Target, Variable(call, 0), call.Arguments[1], isFlat: false),
            ("optFlatMap", 2) => new OptionalMapExpr(call.Offset, call.Target, Variable(call, 0), call.Arguments[1], isFlat: true),
            _ => call,
        };
    }

    /// <summary>How a macro is written that was called with too few or too many arguments; null for what is no macro.</summary>
    public static string? Usage(string name) => name switch
    {
        "all" or "exists" or "exists_one" or "existsOne" or "filter" => $"list.{name}(x, condition)",
        "map" => "list.map(x, value) or list.map(x, condition, value)",
        "sortBy" => "list.sortBy(x, key)",
        "transformList" or "transformMap" or "transformMapEntry" => $"{name}(key, x, value) or {name}(key, x, condition, value)",
        "optMap" or "optFlatMap" => $"optional.{name}(x, value)",
        _ => null,
    };

    private static SelectExpr Has(CallExpr call, Expr tested) =>
        tested is SelectExpr { IsTest: false } select
            ? new SelectExpr(select.Offset, select.Operand, select.Field, select.IsOptional, isTest: true)
            : throw new SyntaxException(call.Offset, "has() takes a field: has(a.b); for other keys write 'b' in a");

    private static ComprehensionExpr Loop(CallExpr call, ComprehensionKind kind, int variables)
    {
        string variable = Variable(call, 0);
        string? second = variables == 2 ? Variable(call, 1) : null;
        if (variable == second)
        {
            throw new SyntaxException(call.Arguments[1].Offset, $"the two variables of {call.Function}() have the same name '{variable}'");
        }

        Expr? filter = call.Arguments.Count > variables + 1 ? call.Arguments[variables] : null;
        return new ComprehensionExpr(call.Offset, kind, call.Target!, variable, second, filter, call.Arguments[^1]);
    }

    private static Expr? Cel(CallExpr call, SyntaxOptions options) => call.Function switch
    {
        "bind" when call.Arguments.Count == 3 => new LetExpr(call.Offset, Variable(call, 0), call.Arguments[1], call.Arguments[2]),
        "block" when options.Blocks && call.Arguments is [ListExpr slots, Expr body] => Block(call, slots.Elements, body),
        "index" when options.Blocks && call.Arguments is [ConstantExpr index] => new IdentExpr(call.Offset, $"@index{index.Value}"),
        "iterVar" or "accuVar" when options.Blocks => new IdentExpr(call.Offset, $"@{call.Function}:{string.Join(':', call.Arguments.Select(static argument => ((ConstantExpr)argument).Value))}"),
        _ => null,
    };

    private static Expr Block(CallExpr call, IReadOnlyList<Expr> slots, Expr body)
    {
        for (int i = slots.Count - 1; i >= 0; i--)
        {
            body = new LetExpr(call.Offset, $"@index{i}", slots[i], body);
        }

        return body;
    }

    private static string Variable(CallExpr call, int index) =>
        call.Arguments[index] is IdentExpr { IsRooted: false } ident
            ? ident.Name
            : throw new SyntaxException(call.Arguments[index].Offset, $"argument {index + 1} of {call.Function}() must be the simple name of a variable");
}
