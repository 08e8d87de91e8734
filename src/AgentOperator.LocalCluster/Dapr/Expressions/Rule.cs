using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>The condition of a route: the part of CEL (cel.dev) that routing rules are made of, over the variable <c>event</c>.</summary>
internal sealed class Rule
{
    private readonly Node _root;

    private Rule(string text, Node root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <exception cref="ExpressionException">It is wrong, or uses a part of CEL that is not there.</exception>
    public static Rule Parse(string text) => new(text, new Parser(text).Parse());

    /// <exception cref="ExpressionException">The event lacks a field, or the result is not true or false.</exception>
    public bool Matches(JsonObject cloudEvent) => _root(cloudEvent) is bool result ? result : throw new ExpressionException($"the rule {Text} is neither true nor false");
}
