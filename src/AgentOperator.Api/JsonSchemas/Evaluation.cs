using System.Text;
using System.Text.Json;
using AgentOperator.Api.JsonSchemas.Keywords;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>One walk through one value: where it is, what it found, and how much it may still do.</summary>
internal sealed class Evaluation(bool tracksEvaluated)
{
    private const int MaxDepth = 400;

    // A schema can ask for exponentially many steps; five million take well under a few seconds.
    private const int MaxSteps = 5_000_000;

    private readonly List<(string? Name, int Index)> _path = [];
    private List<SchemaViolation> _violations = [];
    private int _limit = JsonSchema.MaxViolations;
    private int _depth;
    private int _steps;

    public IReadOnlyList<SchemaViolation> Violations => _violations;

    private bool IsFull => _violations.Count >= _limit;

    /// <summary>Checks the value at the current place; what it breaks is reported.</summary>
    public void Apply(SchemaNode node, JsonElement value, Seen? seen)
    {
        if (IsFull)
        {
            return;
        }

        if (_depth >= MaxDepth || _steps >= MaxSteps)
        {
            Fail(_depth >= MaxDepth ? "is nested too deep to be checked" : "takes too many steps to be checked");
            return;
        }

        _steps++;
        _depth++;
        int before = _violations.Count;
        Seen? own = tracksEvaluated ? new Seen() : null;
        foreach (Keyword keyword in node.Keywords)
        {
            keyword.Check(value, this, own);
        }

        _depth--;
        if (own is not null && _violations.Count == before)
        {
            seen?.AddAll(own);
        }
    }

    public void Apply(SchemaNode node, JsonElement value, string property) => At((property, 0), node, value);

    public void Apply(SchemaNode node, JsonElement value, int item) => At((null, item), node, value);

    /// <summary>What the value breaks, without reporting it.</summary>
    public IReadOnlyList<SchemaViolation> Try(SchemaNode node, JsonElement value, Seen? seen, int limit = 1)
    {
        (List<SchemaViolation> outer, int outerLimit) = (_violations, _limit);
        (_violations, _limit) = ([], limit);
        Apply(node, value, seen);
        List<SchemaViolation> found = _violations;
        (_violations, _limit) = (outer, outerLimit);
        return found;
    }

    public void Fail(string message)
    {
        if (!IsFull)
        {
            _violations.Add(new SchemaViolation { InstancePath = Pointer(), Message = message });
        }
    }

    private void At((string?, int) segment, SchemaNode node, JsonElement value)
    {
        _path.Add(segment);
        Apply(node, value, seen: null);
        _path.RemoveAt(_path.Count - 1);
    }

    private string Pointer()
    {
        StringBuilder text = new();
        foreach ((string? name, int index) in _path)
        {
            text.Append('/');
            _ = name is null ? text.Append(index) : text.Append(JsonPointer.Escape(name));
        }

        return text.ToString();
    }
}
