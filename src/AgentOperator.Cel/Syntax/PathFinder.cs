namespace AgentOperator.Cel.Syntax;

/// <summary>What an expression reads of its variables.</summary>
internal sealed class PathFinder
{
    private readonly Func<string, bool> _isVariable;

    private readonly List<IReadOnlyList<string>> _paths = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _locals = [];

    private PathFinder(Func<string, bool> isVariable) => _isVariable = isVariable;

    public static IReadOnlyList<IReadOnlyList<string>> Find(Expr expr, Func<string, bool> isVariable)
    {
        PathFinder finder = new(isVariable);
        finder.Visit(expr);
        return finder._paths;
    }

    private void Visit(Expr expr)
    {
        if (expr is IdentExpr or SelectExpr && expr.Resolved is { } name && !_isVariable(name))
        {
            return;
        }

        if (Chain(expr) is { } path)
        {
            if (_seen.Add(string.Join('\0', path)))
            {
                _paths.Add(path);
            }

            return;
        }

        switch (expr)
        {
            case SelectExpr select:
                Visit(select.Operand);
                break;
            case IndexExpr index:
                Visit(index.Operand);
                Visit(index.Index);
                break;
            case CallExpr call:
                if (call.Target is not null && call.Resolved is null)
                {
                    Visit(call.Target);
                }

                All(call.Arguments);
                break;
            case LogicalExpr logical:
                All(logical.Operands);
                break;
            case ConditionalExpr conditional:
                All([conditional.Condition, conditional.WhenTrue, conditional.WhenFalse]);
                break;
            case ListExpr list:
                All(list.Elements);
                break;
            case MapExpr map:
                All(map.Entries.SelectMany(static entry => new[] { entry.Key, entry.Value }));
                break;
            case StructExpr made:
                All(made.Values);
                break;
            case ComprehensionExpr loop:
                Visit(loop.Range);
                Within(loop.Second is null ? [loop.Variable] : [loop.Variable, loop.Second], loop.Filter is null ? [loop.Body] : [loop.Filter, loop.Body]);
                break;
            case LetExpr let:
                Visit(let.Value);
                Within([let.Variable], [let.Body]);
                break;
            case OptionalMapExpr map:
                Visit(map.Target);
                Within([map.Variable], [map.Body]);
                break;
            default:
                break;
        }
    }

    private void All(IEnumerable<Expr> exprs)
    {
        foreach (Expr expr in exprs)
        {
            Visit(expr);
        }
    }

    private void Within(IReadOnlyCollection<string> variables, IEnumerable<Expr> exprs)
    {
        _locals.AddRange(variables);
        All(exprs);
        _locals.RemoveRange(_locals.Count - variables.Count, variables.Count);
    }

    private List<string>? Chain(Expr expr)
    {
        switch (expr)
        {
            case IdentExpr ident when ident.IsRooted || !_locals.Contains(ident.Name):
                return [ident.Name];
            case SelectExpr select when Chain(select.Operand) is { } path:
                path.Add(select.Field);
                return path;
            case IndexExpr { Index: ConstantExpr { Value.Kind: CelKind.String } key } index when Chain(index.Operand) is { } path:
                path.Add(key.Value.Text);
                return path;
            default:
                return null;
        }
    }
}
