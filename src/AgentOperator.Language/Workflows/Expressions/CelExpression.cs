using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Expressions;

/// <summary>A compiled expression over the values of a run. Types were checked when the run was accepted, so here everything is dynamic, and one text is compiled once.</summary>
internal sealed class CelExpression : IExpression
{
    private const int MaxCached = 4096;
    private static readonly string[] Roots = ["params", "steps", "run", "visit", "previous", "item", "index"];

    private static readonly CelEnvironment Dynamic = Roots.Aggregate(CelEnvironment.Standard, static (environment, name) => environment.With(name, CelType.Dyn));

    private static readonly ConcurrentDictionary<string, CelExpression> Cache = new(StringComparer.Ordinal);
    private static readonly CelLimits Limits = new();

    private readonly string _text;
    private readonly CelProgram _program;

    private readonly bool _hasFiles;

    private CelExpression(string text, CelProgram program, bool hasFiles)
    {
        _text = text;
        _program = program;
        _hasFiles = hasFiles;
        References = [.. program.Paths.Select(Read).Distinct()];
    }

    public IEnumerable<ValuePath> References { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="TemplateException">It is none; the message says where.</exception>
    public static CelExpression Parse(string text)
    {
        if (Cache.TryGetValue(text, out CelExpression? known))
        {
            return known;
        }

        string quoted = CelText.Quote(text);
        bool hasFiles = false;
        if (!Dynamic.TryCompile(quoted, out CelProgram? program, out IReadOnlyList<CelIssue> issues))
        {
            hasFiles = FileFunction.In(Dynamic, null).TryCompile(quoted, out program, out _);
        }

        if (program is null)
        {
            throw new TemplateException(string.Join("; ", issues.Select(issue => CelText.Locate(text, issue.Line, issue.Column, issue.Message))));
        }

        CelExpression expression = new(text, program, hasFiles);
        if (Cache.Count >= MaxCached)
        {
            Cache.Clear();
        }

        Cache[text] = expression;
        return expression;
    }

    public JsonElement Evaluate(IValueScope scope)
    {
        try
        {
            CelProgram program = _hasFiles ? FileFunction.In(Dynamic, scope.Files ?? throw new TemplateException(FileFunction.Elsewhere)).Compile(_program.Text) : _program;
            return program.Evaluate(new ScopeActivation(scope), Limits).ToJsonElement();
        }
        catch (CelEvaluationException error)
        {
            throw new TemplateException(CelText.Locate(_text, error.Line, error.Column, error.Reason));
        }
        catch (NotSupportedException error)
        {
            throw new TemplateException(error.Message);
        }
    }

    /// <summary>Values are read one at a time: nothing can be asked of all params or steps at once.</summary>
    private static ValuePath Read(IReadOnlyList<string> names) =>
        PathReader.Read(names) ?? throw new TemplateException($"{string.Join('.', names)} names no value: write params.NAME, steps.STEP.outputs.NAME or steps.STEP.phase; in a loop also visit and previous.STEP.outputs.NAME, in forEach item and index, in finally run.phase and run.message");

    /// <summary>The value as a yes or no.</summary>
    /// <exception cref="TemplateException">It has no value, or another.</exception>
    public bool IsTrue(IValueScope scope)
    {
        JsonElement value = Evaluate(scope);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new TemplateException($"gives {value.ValueKind} where true or false is wanted"),
        };
    }
}
