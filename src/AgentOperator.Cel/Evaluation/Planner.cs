using AgentOperator.Cel.Checking;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Evaluation;

/// <summary>A tree to nodes.</summary>
internal sealed class Planner(CelEnvironment environment, bool isChecked)
{
    private readonly Scope<int> _scope = new();
    private int _depth;

    /// <summary>How many variables of macros live at once.</summary>
    public int Locals { get; private set; }

    public Node Plan(Expr expr) => expr switch
    {
        ConstantExpr constant => new ConstantNode(constant.Value),
        IdentExpr ident => Ident(ident),
        SelectExpr select => Select(select),
        IndexExpr { Index: ConstantExpr { Value.Kind: CelKind.String } name } index => new SelectNode(index.Offset, Plan(index.Operand), name.Value.Text, index.IsOptional),
        IndexExpr index => new IndexNode(index.Offset, Plan(index.Operand), Plan(index.Index), index.IsOptional),
        CallExpr call => Call(call),
        LogicalExpr logical => new LogicalNode(logical.Offset, logical.IsAnd, [.. logical.Operands.Select(Plan)]),
        ConditionalExpr conditional => new ConditionalNode(conditional.Offset, Plan(conditional.Condition), Plan(conditional.WhenTrue), Plan(conditional.WhenFalse)),
        ListExpr list => new ListNode(list.Offset, [.. list.Elements.Select(Plan)], list.Optional),
        MapExpr map => new MapNode(map.Offset, [.. map.Entries.Select(entry => new MapEntryNode(entry.Key.Offset, Plan(entry.Key), Plan(entry.Value), entry.IsOptional))]),
        ComprehensionExpr loop => Loop(loop),
        LetExpr let => Let(let),
        OptionalMapExpr map => OptionalMap(map),
        StructExpr made => new ConstantNode(CelValue.Error($"'{made.Name}' is no known type: messages cannot be made here").At(made.Offset)),
        _ => throw new NotSupportedException(expr.GetType().Name),
    };

    private Node Ident(IdentExpr ident)
    {
        if (!ident.IsRooted && _scope.TryGet(ident.Name, out int slot))
        {
            return new LocalNode(slot);
        }

        return ident.Resolved is not null ? Resolved(ident, ident.Resolved) : Name(ident, Names.Qualified(ident)!, null);
    }

    private Node Select(SelectExpr select)
    {
        if (select.Resolved is not null)
        {
            return Resolved(select, select.Resolved);
        }

        Node operand = Plan(select.Operand);
        Node planned = select.IsTest ? new HasNode(select.Offset, operand, select.Field) : new SelectNode(select.Offset, operand, select.Field, select.IsOptional);
        return !isChecked && Names.Qualified(select) is { } name && !_scope.Has(Names.Root(name)) ? Name(select, name, planned) : planned;
    }

    private Node Resolved(Expr expr, string name) =>
        environment.FindVariable(name) is null && environment.FindType(name) is { } type ? new ConstantNode(CelValue.From(type)) : new VariableNode(expr.Offset, name);

    private NameNode Name(Expr expr, string name, Node? otherwise) => new(expr.Offset, [.. Names.Candidates(environment.Container, name)], environment, otherwise);

    private Node Call(CallExpr call)
    {
        if (call.Target is null && Operator(call) is { } node)
        {
            return node;
        }

        (string name, bool isMethod) = Callee.Resolve(environment, call, _scope.Has);
        CelFunction[] overloads = [.. call.Overloads ?? environment.FindFunctions(name).Where(function => function.IsMethod == isMethod)];
        if (overloads.Length == 0)
        {
            return new ConstantNode(CelValue.Error($"undeclared reference to {(isMethod ? "method" : "function")} '{name}'").At(call.Offset));
        }

        Node[] arguments = [.. isMethod ? [Plan(call.Target!)] : Array.Empty<Node>(), .. call.Arguments.Select(Plan)];
        if (isMethod && name is "or" or "orValue" && arguments.Length == 2)
        {
            return new OptionalOrNode(call.Offset, name, arguments[0], arguments[1]);
        }

        return RegexNode.TryPlan(call.Offset, name, arguments) ?? new CallNode(call.Offset, name, overloads, arguments);
    }

    private Node? Operator(CallExpr call)
    {
        int offset = call.Offset;
        Node Argument(int index) => Plan(call.Arguments[index]);
        return call.Function switch
        {
            Operators.Not => new NotNode(offset, Argument(0)),
            Operators.Negate => new NegateNode(offset, Argument(0)),
            Operators.Equal or Operators.NotEqual => new EqualNode(offset, Argument(0), Argument(1), call.Function is Operators.NotEqual),
            Operators.Less or Operators.LessOrEqual or Operators.Greater or Operators.GreaterOrEqual => new CompareNode(offset, call.Function, Argument(0), Argument(1)),
            Operators.In => new InNode(offset, Argument(0), Argument(1)),
            Operators.Add or Operators.Subtract or Operators.Multiply or Operators.Divide or Operators.Modulo => new ArithmeticNode(offset, call.Function[1], Argument(0), Argument(1)),
            _ => null,
        };
    }

    private Node Loop(ComprehensionExpr loop)
    {
        Node range = Plan(loop.Range);
        int first = Enter(loop.Variable);
        int? second = loop.Second is null ? null : Enter(loop.Second);
        Node? filter = loop.Filter is null ? null : Plan(loop.Filter);
        Node body = Plan(loop.Body);
        Leave(second is null ? 1 : 2);
        return loop.Kind switch
        {
            ComprehensionKind.All or ComprehensionKind.Exists => new QuantifierNode(loop.Offset, range, first, second, body, loop.Kind is ComprehensionKind.All),
            ComprehensionKind.ExistsOne => new ExistsOneNode(loop.Offset, range, first, second, body),
            ComprehensionKind.Filter => new CollectListNode(loop.Offset, range, first, second, body, new LocalNode(first)),
            ComprehensionKind.List => new CollectListNode(loop.Offset, range, first, second, filter, body),
            ComprehensionKind.Map => new CollectMapNode(loop.Offset, range, first, second, filter, body, entries: false),
            ComprehensionKind.MapEntry => new CollectMapNode(loop.Offset, range, first, second, filter, body, entries: true),
            _ => new SortByNode(loop.Offset, range, first, body),
        };
    }

    private LetNode Let(LetExpr let)
    {
        Node value = Plan(let.Value);
        int slot = Enter(let.Variable);
        Node body = Plan(let.Body);
        Leave(1);
        return new LetNode(slot, value, body);
    }

    private OptionalMapNode OptionalMap(OptionalMapExpr map)
    {
        Node target = Plan(map.Target);
        int slot = Enter(map.Variable);
        Node body = Plan(map.Body);
        Leave(1);
        return new OptionalMapNode(map.Offset, target, slot, body, map.IsFlat);
    }

    private int Enter(string variable)
    {
        _scope.Push(variable, _depth);
        Locals = Math.Max(Locals, _depth + 1);
        return _depth++;
    }

    private void Leave(int count)
    {
        _scope.Pop(count);
        _depth -= count;
    }
}
