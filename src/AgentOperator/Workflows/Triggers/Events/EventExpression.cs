using System.Text.Json;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>One expression over an event.</summary>
internal sealed class EventExpression : IExpression
{
    private const string Variable = "event";

    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(Variable, CelType.Map(CelType.String, CelType.Dyn));

    private readonly CelProgram _program;
    private readonly JsonElement _body;

    private EventExpression(CelProgram program, JsonElement body) => (_program, _body) = (program, body);

    /// <summary>Of expressions that need none: all that they know is the event.</summary>
    public static IValueScope Scope { get; } = new NoScope();

    public CelType Type => _program.ResultType;

    public IEnumerable<ValuePath> References => [];

    /// <exception cref="TemplateException">It does not compile.</exception>
    public static EventExpression Parse(string text, JsonElement body) => Environment.TryCompile(text, out CelProgram? program, out IReadOnlyList<CelIssue> issues)
        ? new EventExpression(program, body)
        : throw new TemplateException($"\"{text}\": {issues[0]}; expressions of a trigger know event alone, such as event.body.action");

    public JsonElement Evaluate(IValueScope scope) => Evaluate(_body).ToJsonElement();

    /// <exception cref="TemplateException">It has no value for this event.</exception>
    public CelValue Evaluate(JsonElement body)
    {
        try
        {
            return _program.Evaluate(new CelActivation(new Dictionary<string, CelValue>(StringComparer.Ordinal) { [Variable] = CelValue.From(body) }));
        }
        catch (CelEvaluationException error)
        {
            throw new TemplateException($"\"{_program.Text}\": {error.Message}");
        }
    }

    private sealed class NoScope : IValueScope
    {
        public JsonElement Resolve(ValuePath path) => JsonElement.Parse("null");

        public string? TypeOf(ValuePath path) => null;
    }
}
