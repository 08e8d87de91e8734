using System.Text.Json;
using AgentOperator.Cel;
using AgentOperator.Cli.Linting.Sources;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>Rules in CEL of a schema, each compiled once.</summary>
internal sealed class RuleCheck
{
    private const string Before = "oldSelf";

    // A rule over 500 steps with all their needs is far below this; the server's own bound is on the schema.
    private static readonly CelLimits Limits = new() { Cost = 100_000_000, Size = 16 * 1024 * 1024 };

    private static readonly CelEnvironment Environment = Kubernetes(CelEnvironment.Standard.With("self", CelType.Dyn).With(Before, CelType.Dyn));

    private readonly Dictionary<string, CelProgram> _compiled = new(StringComparer.Ordinal);

    /// <summary>The rules that a value breaks.</summary>
    public IEnumerable<SchemaProblem> Problems(SourceNode value, IEnumerable<ValidationRule> rules, string path)
    {
        CelActivation? self = null;
        foreach (ValidationRule rule in rules)
        {
            self ??= new CelActivation(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["self"] = CelValue.From(JsonElement.Parse(value.ToUtf8Json())) });
            if (Problem(rule, self) is { } message)
            {
                string place = path + (rule.FieldPath ?? "");
                yield return new SchemaProblem(SourcePath.Find(value, rule.FieldPath ?? ""), place.TrimStart('.'), "Rule", $"{(place.Length == 0 ? "" : $"{place.TrimStart('.')}: ")}{message}");
            }
        }
    }

    /// <summary>Null when the rule holds.</summary>
    private string? Problem(ValidationRule rule, CelActivation self)
    {
        try
        {
            CelProgram program = Compiled(rule.Rule);

            // What is about a change does not hold for an object that is new.
            return program.Paths.Any(static path => path[0] == Before) || program.Evaluate(self, Limits).AsBool() ? null : Message(rule, self);
        }
        catch (CelEvaluationException error)
        {
            return $"the rule {rule.Rule} cannot be evaluated: {error.Reason}";
        }
    }

    private string Message(ValidationRule rule, CelActivation self)
    {
        if (rule.MessageExpression is { } expression)
        {
            try
            {
                return Compiled(expression).Evaluate(self, Limits).AsString();
            }
            catch (CelEvaluationException)
            {
                // As on the server, the fixed message stands in.
            }
        }

        return rule.Message ?? $"it does not meet the rule {rule.Rule}";
    }

    /// <exception cref="CelException">It is no expression.</exception>
    internal CelProgram Compiled(string text)
    {
        if (!_compiled.TryGetValue(text, out CelProgram? program))
        {
            _compiled[text] = program = Environment.Compile(text);
        }

        return program;
    }

    /// <summary>Functions that an API server has beside those of the language.</summary>
    private static CelEnvironment Kubernetes(CelEnvironment standard) => standard.Functions.Any(static function => function.Name == "isQuantity")
        ? standard
        : standard.With(new CelFunction("isQuantity", [CelType.String], CelType.Bool, static (scoped ReadOnlySpan<CelValue> arguments, ref CelContext _) => CelValue.From(IsQuantity(arguments[0].AsString()))));

    private static bool IsQuantity(string text)
    {
        try
        {
            new Quantity(text).ToDecimal();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
