namespace AgentOperator.Manifests.Schemas;

/// <summary>An entry of <c>x-kubernetes-validations</c>.</summary>
internal sealed record ValidationRule(string Rule, string Message, string? MessageExpression = null, string? FieldPath = null)
{
    /// <summary>The same for editors, which know no CEL: a regular expression of the strings that the rule takes.</summary>
    public string? Pattern { get; init; }

    /// <summary>A regular expression as a rule: a plain <c>pattern</c> is refused with nothing but the expression.</summary>
    public static ValidationRule Matches(string pattern, string message)
    {
        string escaped = pattern.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
        return new ValidationRule($"self.matches('{escaped}')", message) { Pattern = pattern };
    }

    /// <summary>This rule where the premises hold: on a malformed value it would add an error about its own evaluation.</summary>
    public ValidationRule Given(IReadOnlyList<ValidationRule> premises) =>
        premises.Count == 0 ? this : this with { Rule = $"!({string.Join(" && ", premises.Select(premise => premise.Rule))}) || ({Rule})" };
}
