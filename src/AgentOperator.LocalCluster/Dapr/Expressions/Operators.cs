using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>What operators do. As in CEL, an error on one side of || and &amp;&amp; does not count when the other side decides.</summary>
internal static class Operators
{
    public static Node Or(Node left, Node right) => Decide(left, right, decisive: true);

    public static Node And(Node left, Node right) => Decide(left, right, decisive: false);

    public static Node Not(Node inner) => cloudEvent => !Bool(inner(cloudEvent));

    public static Node Relation(string symbol, Node left, Node right) => symbol switch
    {
        "==" => cloudEvent => AreEqual(left(cloudEvent), right(cloudEvent)),
        "!=" => cloudEvent => !AreEqual(left(cloudEvent), right(cloudEvent)),
        "in" => cloudEvent => IsIn(left(cloudEvent), right(cloudEvent)),
        "<" => cloudEvent => Compare(left(cloudEvent), right(cloudEvent)) < 0,
        "<=" => cloudEvent => Compare(left(cloudEvent), right(cloudEvent)) <= 0,
        ">" => cloudEvent => Compare(left(cloudEvent), right(cloudEvent)) > 0,
        _ => cloudEvent => Compare(left(cloudEvent), right(cloudEvent)) >= 0,
    };

    public static Node Member(Node parent, string name) => cloudEvent => parent(cloudEvent) is JsonObject map
        ? Get(map, name)
        : throw new ExpressionException($"there is no field {name}: what stands before it is no object");

    public static Node Index(Node parent, Node index) => cloudEvent => (parent(cloudEvent), index(cloudEvent)) switch
    {
        (JsonObject map, string name) => Get(map, name),
        (JsonArray list, double number) when number >= 0 && number < list.Count && number == Math.Floor(number) => Value(list[(int)number]),
        (JsonArray, double number) => throw new ExpressionException(string.Create(CultureInfo.InvariantCulture, $"there is no element {number}")),
        _ => throw new ExpressionException("[] needs an object and a name, or a list and a number"),
    };

    public static Node List(IReadOnlyList<Node> items) => cloudEvent => items.Select(item => item(cloudEvent)).ToArray();

    /// <summary>A value of JSON as one of an expression.</summary>
    public static object? Value(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return node;
        }

        // Boxed one by one: a JsonNode takes all of these by implicit conversion.
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.String:
                return value.ToString();
            case JsonValueKind.Number:
                return double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
            default:
                return null;
        }
    }

    private static Node Decide(Node left, Node right, bool decisive) => cloudEvent =>
    {
        try
        {
            if (Bool(left(cloudEvent)) == decisive)
            {
                return decisive;
            }
        }
        catch (ExpressionException)
        {
            if (Bool(right(cloudEvent)) == decisive)
            {
                return decisive;
            }

            throw;
        }

        return Bool(right(cloudEvent));
    };

    private static object? Get(JsonObject map, string name) => map.TryGetPropertyValue(name, out JsonNode? value) ? Value(value) : throw new ExpressionException($"no such key: {name}");

    private static bool Bool(object? value) => value is bool result ? result : throw new ExpressionException("&&, || and ! need true or false");

    private static bool IsIn(object? item, object? list) => list switch
    {
        object?[] items => items.Any(candidate => AreEqual(item, candidate)),
        JsonArray items => items.Any(candidate => AreEqual(item, Value(candidate))),
        JsonObject map => item is string name && map.ContainsKey(name),
        _ => throw new ExpressionException("in needs a list or an object on its right"),
    };

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (JsonNode first, JsonNode second) => JsonNode.DeepEquals(first, second),
        (object?[] items, JsonArray list) => items.Length == list.Count && items.Zip(list, static (item, node) => AreEqual(item, Value(node))).All(static same => same),
        (JsonArray, object?[]) => AreEqual(right, left),
        _ => Equals(left, right),
    };

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (double first, double second) => first.CompareTo(second),
        (string first, string second) => string.CompareOrdinal(first, second),
        (bool first, bool second) => first.CompareTo(second),
        _ => throw new ExpressionException("<, <=, > and >= need two numbers or two texts"),
    };
}
