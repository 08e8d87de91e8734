using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Checking;

/// <summary>Deduces types, and finds what names stand for.</summary>
internal sealed class Checker
{
    private const int MaxIssues = 50;

    private readonly CelEnvironment _environment;
    private readonly SourceText _source;
    private readonly Inference _inference = new();
    private readonly Scope<CelType> _scope = new();
    private readonly List<CelIssue> _issues = [];

    private Checker(CelEnvironment environment, SourceText source)
    {
        _environment = environment;
        _source = source;
    }

    public static CelType Check(CelEnvironment environment, SourceText source, Expr expr, out IReadOnlyList<CelIssue> issues)
    {
        Checker checker = new(environment, source);
        CelType type = checker._inference.Resolve(checker.Visit(expr), freeAsDyn: true);
        issues = [.. checker._issues.OrderBy(static issue => issue.Offset)];
        return type;
    }

    private CelType Visit(Expr expr)
    {
        CelType type = expr switch
        {
            ConstantExpr constant => Kinds.TypeOf(constant.Value),
            IdentExpr ident => Ident(ident),
            SelectExpr select => Select(select),
            IndexExpr index => Index(index),
            CallExpr call => Call(call),
            LogicalExpr logical => Logical(logical),
            ConditionalExpr conditional => Conditional(conditional),
            ListExpr list => List(list),
            MapExpr map => Map(map),
            ComprehensionExpr comprehension => Comprehension(comprehension),
            LetExpr let => Let(let),
            OptionalMapExpr map => OptionalMap(map),
            StructExpr made => Struct(made),
            _ => throw new NotSupportedException(expr.GetType().Name),
        };
        expr.Type = type;
        return type;
    }

    private CelType Ident(IdentExpr ident)
    {
        if (!ident.IsRooted && _scope.TryGet(ident.Name, out CelType local))
        {
            return local;
        }

        if (Named(ident, Names.Qualified(ident)!) is { } type)
        {
            return type;
        }

        string? near = Nearest.Find(ident.Name, _environment.VariableNames);
        return Issue(ident.Offset, $"undeclared reference to '{ident.Name}'" + (near is not null ? $"; did you mean '{near}'?" : _environment.VariableNames.Any() ? $"; declared are {Nearest.List(ident.Name, _environment.VariableNames)}" : ""));
    }

    private CelType? Named(Expr expr, string name)
    {
        foreach (string candidate in Names.Candidates(_environment.Container, name))
        {
            if (_environment.FindVariable(candidate) is { } variable)
            {
                expr.Resolved = candidate;
                return variable;
            }

            if (_environment.FindType(candidate) is { } type)
            {
                expr.Resolved = candidate;
                return CelType.TypeOf(type);
            }
        }

        return null;
    }

    private CelType Select(SelectExpr select)
    {
        if (Names.Qualified(select) is { } name && !_scope.Has(Names.Root(name)) && Named(select, name) is { } variable)
        {
            return variable;
        }

        CelType operand = _inference.Resolve(Visit(select.Operand));
        bool optional = operand.Kind is CelTypeKind.Optional;
        CelType field = Field(select.Offset, optional ? _inference.Resolve(operand.Parameters[0]) : operand, select.Field);
        return select.IsTest ? CelType.Bool : optional || select.IsOptional ? CelType.Optional(field) : field;
    }

    private CelType Field(int offset, CelType operand, string field)
    {
        switch (operand.Kind)
        {
            case CelTypeKind.Dyn:
                return CelType.Dyn;
            case CelTypeKind.Map:
                return operand.Parameters[1];
            case CelTypeKind.Record when operand.Fields.TryGetValue(field, out CelType? type):
                return type;
            case CelTypeKind.Record:
                return Issue(offset, operand.Fields.Count == 0 ? $"unknown field '{field}': {operand.Name} has no fields" : $"unknown field '{field}'; {operand.Name} has {Nearest.List(field, operand.Fields.Keys)}");
            case CelTypeKind.Parameter:
                _inference.TryAssign(CelType.Dyn, operand);
                return CelType.Dyn;
            default:
                return Issue(offset, $"'{_inference.Resolve(operand, freeAsDyn: true)}' has no fields, so none named '{field}'");
        }
    }

    private CelType Index(IndexExpr index)
    {
        CelType operand = _inference.Resolve(Visit(index.Operand));
        CelType key = Visit(index.Index);
        bool optional = operand.Kind is CelTypeKind.Optional;
        CelType inner = optional ? _inference.Resolve(operand.Parameters[0]) : operand;
        CelType element = inner.Kind is CelTypeKind.Record && index.Index is ConstantExpr { Value.Kind: CelKind.String } name
            ? Field(name.Offset, inner, name.Value.Text)
            : Apply(index.Offset, Operators.Index, _environment.FindFunctions(Operators.Index), [inner, key], null);
        return optional || index.IsOptional ? CelType.Optional(element) : element;
    }

    private CelType Call(CallExpr call)
    {
        (string name, bool isMethod) = Callee.Resolve(_environment, call, _scope.Has);
        IReadOnlyList<CelFunction> known = [.. _environment.FindFunctions(name).Where(function => function.IsMethod == isMethod)];
        List<CelType> arguments = isMethod ? [Visit(call.Target!)] : [];
        arguments.AddRange(call.Arguments.Select(Visit));
        if (known.Count > 0)
        {
            call.Resolved = isMethod ? null : name;
            return Apply(call.Offset, name, known, arguments, call);
        }

        string qualified = call.Target is null || isMethod ? call.Function : name;
        string? near = Nearest.Find(qualified, _environment.Functions.Where(function => function.IsMethod == isMethod && char.IsAsciiLetter(function.Name[0])).Select(static function => function.Name));
        string style = (isMethod, _environment.FindFunctions(qualified).Count > 0) switch
        {
            (true, true) => $"; it is no method: call {qualified}(…)",
            (false, true) => $"; it is a method: call value.{qualified}(…)",
            (true, false) when Macros.Usage(qualified) is { } usage => $" with {call.Arguments.Count} arguments; write {usage}",
            _ => near is null ? "" : $"; did you mean '{near}'?",
        };
        return Issue(call.Offset, $"undeclared reference to {(isMethod ? "method" : "function")} '{qualified}'{style}");
    }

    private CelType Apply(int offset, string name, IReadOnlyList<CelFunction> known, List<CelType> arguments, CallExpr? call)
    {
        CelType? result = null;
        bool hasDyn = arguments.Any(argument => _inference.Resolve(argument).Kind is CelTypeKind.Dyn);
        List<CelFunction> matching = [];
        foreach (CelFunction function in known.Where(function => function.Takes(arguments.Count)).OrderBy(static function => function.IsFallback))
        {
            Dictionary<string, CelType> fresh = new(StringComparer.Ordinal);
            CelType[] expected = [.. arguments.Select((_, i) => Inference.Instantiate(function.Parameter(i), fresh, _inference.Fresh))];
            CelType made = Inference.Instantiate(function.Result, fresh, _inference.Fresh);
            if (_inference.TryAssign(arguments, expected))
            {
                matching.Add(function);
                made = _inference.Resolve(made);
                result = result is null || result.Equals(made) || (function.IsFallback && !hasDyn) ? result ?? made : CelType.Dyn;
            }
        }

        if (call is not null)
        {
            call.Overloads = matching;
        }

        return result ?? Issue(offset, Mismatches.Describe(name, [.. arguments.Select(argument => _inference.Resolve(argument, freeAsDyn: true))], known));
    }

    private CelType Logical(LogicalExpr logical)
    {
        foreach (Expr operand in logical.Operands)
        {
            Condition(operand, $"an operand of '{(logical.IsAnd ? "&&" : "||")}'");
        }

        return CelType.Bool;
    }

    private void Condition(Expr expr, string what)
    {
        CelType type = Visit(expr);
        if (!_inference.TryAssign(type, CelType.Bool))
        {
            Issue(expr.Offset, $"{what} must be bool, but is '{_inference.Resolve(type, freeAsDyn: true)}'");
        }
    }

    private CelType Conditional(ConditionalExpr conditional)
    {
        Condition(conditional.Condition, "the condition of '?'");
        CelType whenTrue = Visit(conditional.WhenTrue);
        CelType whenFalse = Visit(conditional.WhenFalse);
        CelType joined = _inference.Fresh();
        return _inference.TryAssign([whenTrue, whenFalse], [joined, joined])
            ? _inference.Resolve(joined)
            : Issue(conditional.Offset, $"the branches of '?' have different types, '{_inference.Resolve(whenTrue, freeAsDyn: true)}' and '{_inference.Resolve(whenFalse, freeAsDyn: true)}'; wrap one in dyn() if that is meant");
    }

    private CelType List(ListExpr list)
    {
        CelType? element = null;
        for (int i = 0; i < list.Elements.Count; i++)
        {
            CelType type = Visit(list.Elements[i]);
            element = _inference.Join(element, list.Optional.Contains(i) ? Unwrapped(list.Elements[i].Offset, type) : type);
        }

        return CelType.List(element ?? _inference.Fresh());
    }

    private CelType Map(MapExpr map)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (MapEntry entry in map.Entries)
        {
            key = _inference.Join(key, Key(entry.Key));
            CelType type = Visit(entry.Value);
            value = _inference.Join(value, entry.IsOptional ? Unwrapped(entry.Value.Offset, type) : type);
        }

        return CelType.Map(key ?? _inference.Fresh(), value ?? _inference.Fresh());
    }

    /// <summary>Also a bound on types: a map of maps as its own keys would double with each level.</summary>
    private CelType Key(Expr expr)
    {
        CelType type = _inference.Resolve(Visit(expr));
        return type.Kind is CelTypeKind.String or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Bool or CelTypeKind.Dyn or CelTypeKind.Parameter or CelTypeKind.Nullable
            ? type
            : Issue(expr.Offset, $"a key of a map is a string, int, uint or bool, not '{_inference.Resolve(type, freeAsDyn: true)}'");
    }

    private CelType Unwrapped(int offset, CelType type)
    {
        CelType value = _inference.Fresh();
        return _inference.TryAssign(type, CelType.Optional(value))
            ? _inference.Resolve(value)
            : Issue(offset, $"what '?' marks must be an optional, but is '{_inference.Resolve(type, freeAsDyn: true)}'");
    }

    private CelType Comprehension(ComprehensionExpr loop)
    {
        (CelType first, CelType second) = Elements(loop, _inference.Resolve(Visit(loop.Range)));
        _scope.Push(loop.Variable, first);
        if (loop.Second is not null)
        {
            _scope.Push(loop.Second, second);
        }

        if (loop.Filter is not null)
        {
            Condition(loop.Filter, "the filter of a macro");
        }

        CelType result = Body(loop, first, second);
        _scope.Pop(loop.Second is null ? 1 : 2);
        return result;
    }

    private CelType Body(ComprehensionExpr loop, CelType first, CelType second)
    {
        switch (loop.Kind)
        {
            case ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne:
                Condition(loop.Body, "the predicate of a macro");
                return CelType.Bool;
            case ComprehensionKind.Filter:
                Condition(loop.Body, "the predicate of filter()");
                return CelType.List(first);
            case ComprehensionKind.SortBy:
                Visit(loop.Body);
                return CelType.List(first);
            case ComprehensionKind.List:
                return CelType.List(Visit(loop.Body));
            case ComprehensionKind.Map:
                return CelType.Map(first, Visit(loop.Body));
            default:
                CelType body = Visit(loop.Body);
                CelType made = CelType.Map(_inference.Fresh(), _inference.Fresh());
                return _inference.TryAssign(body, made) ? _inference.Resolve(made) : Issue(loop.Body.Offset, $"the last argument of transformMapEntry() must be a map, but is '{_inference.Resolve(body, freeAsDyn: true)}'");
        }
    }

    /// <summary>The types of a loop's variables; with one variable, what it holds is first.</summary>
    private (CelType First, CelType Second) Elements(ComprehensionExpr loop, CelType range)
    {
        bool two = loop.Second is not null;
        switch (range.Kind)
        {
            case CelTypeKind.List:
                return two ? (CelType.Int, range.Parameters[0]) : (range.Parameters[0], CelType.Dyn);
            case CelTypeKind.Map when loop.Kind is not ComprehensionKind.SortBy:
                return (range.Parameters[0], range.Parameters[1]);
            case CelTypeKind.Record when loop.Kind is not ComprehensionKind.SortBy:
                return (CelType.String, CelType.Dyn);
            case CelTypeKind.Dyn:
                return (CelType.Dyn, CelType.Dyn);
            case CelTypeKind.Parameter:
                _inference.TryAssign(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            default:
                return (Issue(loop.Range.Offset, $"a macro loops over a list{(loop.Kind is ComprehensionKind.SortBy ? "" : " or map")}, not over '{_inference.Resolve(range, freeAsDyn: true)}'"), CelType.Dyn);
        }
    }

    private CelType Let(LetExpr let)
    {
        _scope.Push(let.Variable, Visit(let.Value));
        CelType type = Visit(let.Body);
        _scope.Pop();
        return type;
    }

    private CelType OptionalMap(OptionalMapExpr map)
    {
        CelType target = Visit(map.Target);
        CelType inner = _inference.Fresh();
        if (!_inference.TryAssign(target, CelType.Optional(inner)))
        {
            Issue(map.Offset, $"{(map.IsFlat ? "optFlatMap" : "optMap")}() takes an optional, not '{_inference.Resolve(target, freeAsDyn: true)}'");
        }

        _scope.Push(map.Variable, _inference.Resolve(inner));
        CelType body = Visit(map.Body);
        _scope.Pop();
        return map.IsFlat ? CelType.Optional(Unwrapped(map.Body.Offset, body)) : CelType.Optional(body);
    }

    private CelType Struct(StructExpr made)
    {
        foreach (Expr value in made.Values)
        {
            Visit(value);
        }

        return Issue(made.Offset, $"'{made.Name}' is no known type: messages cannot be made here; write a map: {{'field': value}}");
    }

    private CelType Issue(int offset, string message)
    {
        if (_issues.Count < MaxIssues)
        {
            _issues.Add(_source.Issue(offset, message));
        }

        return CelType.Dyn;
    }
}
