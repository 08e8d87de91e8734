using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AgentOperator.Cel.Checking;
using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Library;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel;

/// <summary>What expressions may use: variables, functions and types. Immutable; each change gives another one.</summary>
public sealed class CelEnvironment
{
    /// <summary>The longest text that is compiled.</summary>
    public const int MaxLength = 100_000;

    private readonly ImmutableDictionary<string, CelType> _variables;
    private readonly ImmutableDictionary<string, CelType> _types;
    private readonly ImmutableDictionary<string, ImmutableArray<CelFunction>> _functions;

    private CelEnvironment(ImmutableDictionary<string, CelType> variables, ImmutableDictionary<string, CelType> types, ImmutableDictionary<string, ImmutableArray<CelFunction>> functions)
    {
        _variables = variables;
        _types = types;
        _functions = functions;
    }

    /// <summary>No variables; all functions that there are, standard and extensions.</summary>
    public static CelEnvironment Standard { get; } = new(
        ImmutableDictionary.Create<string, CelType>(StringComparer.Ordinal),
        BuiltinTypes.ByName.Values.Concat(StandardLibrary.Types).ToImmutableDictionary(static type => type.Name, StringComparer.Ordinal),
        StandardLibrary.Functions.GroupBy(static function => function.Name, StringComparer.Ordinal).ToImmutableDictionary(static group => group.Key, static group => group.ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>The declared variables' names.</summary>
    public IEnumerable<string> VariableNames => _variables.Keys;

    /// <summary>The functions.</summary>
    public IEnumerable<CelFunction> Functions => _functions.Values.SelectMany(static overloads => overloads);

    internal string Container { get; private init; } = "";

    internal SyntaxOptions Syntax { get; private init; } = new();

    /// <summary>With a variable, which takes the place of one of the same name.</summary>
    public CelEnvironment With(string variable, CelType type) => Copy(_variables.SetItem(variable, type), _types, _functions);

    /// <summary>With a function, beside the others of its name.</summary>
    /// <exception cref="ArgumentException">One of the same name takes the same arguments.</exception>
    public CelEnvironment With(CelFunction function)
    {
        ImmutableArray<CelFunction> others = _functions.GetValueOrDefault(function.Name, []);
        if (others.Any(other => other.IsMethod == function.IsMethod && other.Parameters.SequenceEqual(function.Parameters)))
        {
            throw new ArgumentException($"There is a function {function.Name}({string.Join(", ", function.Parameters)}) already.", nameof(function));
        }

        return Copy(_variables, _types, _functions.SetItem(function.Name, others.Add(function)));
    }

    /// <summary>With a type that expressions can name, made by <see cref="CelType.Opaque"/>.</summary>
    public CelEnvironment With(CelType type) => Copy(_variables, _types.SetItem(type.Name, type), _functions);

    /// <summary>With a container: <c>b.c</c> in container <c>a</c> means <c>a.b.c</c> if there is one.</summary>
    public CelEnvironment WithContainer(string container) => new(_variables, _types, _functions) { Container = container, Syntax = Syntax };

    /// <summary>Parses and checks.</summary>
    /// <exception cref="CelException">It is no expression, or does not fit what is declared.</exception>
    public CelProgram Compile(string text) => TryCompile(text, out CelProgram? program, out IReadOnlyList<CelIssue> issues) ? program : throw new CelException(issues);

    /// <summary>Parses and checks; false gives at least one issue.</summary>
    public bool TryCompile(string text, [NotNullWhen(true)] out CelProgram? program, out IReadOnlyList<CelIssue> issues) => TryCompile(text, check: true, out program, out issues);

    /// <summary>Without the check, what does not fit is an error of the evaluation.</summary>
    internal bool TryCompile(string text, bool check, [NotNullWhen(true)] out CelProgram? program, out IReadOnlyList<CelIssue> issues)
    {
        program = null;
        SourceText source = new(text);
        if (text.Length > MaxLength)
        {
            issues = [source.Issue(MaxLength, $"the expression is longer than {MaxLength} characters; split it")];
            return false;
        }

        try
        {
            Expr expr = Parser.Parse(text, Syntax);
            CelType type = CelType.Dyn;
            issues = [];
            if (check)
            {
                type = Checker.Check(this, source, expr, out issues);
            }

            if (issues.Count > 0)
            {
                return false;
            }

            Planner planner = new(this, check);
            program = new CelProgram(source, planner.Plan(expr), planner.Locals, type, PathFinder.Find(expr, name => FindVariable(name) is not null));
            return true;
        }
        catch (SyntaxException e)
        {
            issues = [source.Issue(e.Offset, e.Message)];
            return false;
        }
    }

    internal CelEnvironment With(SyntaxOptions syntax) => new(_variables, _types, _functions) { Container = Container, Syntax = syntax };

    internal CelType? FindVariable(string name) => _variables.GetValueOrDefault(name);

    internal CelType? FindType(string name) => _types.GetValueOrDefault(name);

    internal IReadOnlyList<CelFunction> FindFunctions(string name) => _functions.GetValueOrDefault(name, []);

    private CelEnvironment Copy(ImmutableDictionary<string, CelType> variables, ImmutableDictionary<string, CelType> types, ImmutableDictionary<string, ImmutableArray<CelFunction>> functions) =>
        new(variables, types, functions) { Container = Container, Syntax = Syntax };
}
