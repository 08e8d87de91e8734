namespace AgentOperator.Cel.Syntax;

/// <summary>Chains of names.</summary>
internal static class Names
{
    /// <summary><c>a.b.c</c> where the expression is nothing but names and dots, with the leading dot that it may have; else null.</summary>
    public static string? Qualified(Expr expr) => expr switch
    {
        IdentExpr ident => ident.IsRooted ? "." + ident.Name : ident.Name,
        SelectExpr { IsOptional: false, IsTest: false } select when Qualified(select.Operand) is { } operand => $"{operand}.{select.Field}",
        _ => null,
    };

    /// <summary>The name at the beginning of a chain.</summary>
    public static string Root(string qualified) => qualified.Split('.', 2)[0];

    /// <summary>What a name may stand for in a container, most inner first; a leading dot means the outermost only.</summary>
    public static IEnumerable<string> Candidates(string container, string name)
    {
        if (name.StartsWith('.'))
        {
            yield return name[1..];
            yield break;
        }

        while (container.Length > 0)
        {
            yield return $"{container}.{name}";
            int dot = container.LastIndexOf('.');
            container = dot < 0 ? "" : container[..dot];
        }

        yield return name;
    }
}
