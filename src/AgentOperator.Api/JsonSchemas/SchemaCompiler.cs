using System.Text.Json;
using AgentOperator.Api.JsonSchemas.Keywords;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>Turns a schema document into nodes and finds everything that is wrong with it. Reference targets are queued, not followed, so cycles and long chains cost no stack.</summary>
internal sealed class SchemaCompiler(JsonElement document)
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 20_000;
    private const int MaxProblems = 50;
    private const int MaxChain = 200;

    private readonly Dictionary<string, SchemaNode> _nodes = [];
    private readonly Queue<SchemaNode> _targets = new();
    private readonly List<SchemaProblem> _problems = [];
    private readonly HashSet<SchemaNode> _compiled = [];

    public IReadOnlyList<SchemaProblem> Problems => _problems;

    public bool TracksEvaluated { get; private set; }

    public SchemaNode Compile()
    {
        SchemaNode root = Node("");
        try
        {
            Fill(root, document, 0);
            while (_targets.TryDequeue(out SchemaNode? target))
            {
                Fill(target, JsonPointer.Find(document, target.Location)!.Value, 0);
            }
        }
        catch (InvalidOperationException)
        {
            Refuse("", "holds text that is not valid Unicode");
        }

        if (_problems.Count == 0)
        {
            FindCycles();
        }

        return root;
    }

    public void Refuse(string path, string message)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new SchemaProblem { Path = path, Message = message });
        }
    }

    public void TrackEvaluated() => TracksEvaluated = true;

    /// <summary>The schema below a keyword.</summary>
    public SchemaNode Sub(JsonElement schema, string location, int depth)
    {
        SchemaNode node = Node(location);
        Fill(node, schema, depth);
        return node;
    }

    /// <summary>The target of a reference, or null with the problem told.</summary>
    public SchemaNode? Target(string reference, string location)
    {
        if (reference is not "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            Refuse(location, reference.StartsWith('#')
                ? $"\"{reference}\" refers to an anchor, which is not supported: refer by path, such as #/$defs/name"
                : $"\"{reference}\" refers to another document, which is never fetched: copy it under $defs and refer to #/$defs/name");
            return null;
        }

        string pointer = Uri.UnescapeDataString(reference[1..]);
        if (JsonPointer.Find(document, pointer) is null)
        {
            Refuse(location, $"\"{reference}\" names nothing in this schema");
            return null;
        }

        SchemaNode node = Node(pointer);
        if (!_compiled.Contains(node))
        {
            _targets.Enqueue(node);
        }

        return node;
    }

    private SchemaNode Node(string location)
    {
        if (!_nodes.TryGetValue(location, out SchemaNode? node))
        {
            _nodes[location] = node = new SchemaNode(location);
        }

        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, int depth)
    {
        if (!_compiled.Add(node))
        {
            return;
        }

        if (depth > MaxDepth || _compiled.Count > MaxNodes)
        {
            Refuse(node.Location, depth > MaxDepth ? $"is nested deeper than {MaxDepth} schemas" : $"the schema has more than {MaxNodes} parts");
            return;
        }

        switch (schema.ValueKind)
        {
            case JsonValueKind.Object:
                node.Keywords = new KeywordReader(this, schema, node.Location, depth).Read();
                break;
            case JsonValueKind.False:
                node.Keywords = [new NothingKeyword()];
                break;
            case JsonValueKind.True:
                break;
            default:
                Refuse(node.Location, $"must be a schema (an object or a boolean); was {Quote.Of(schema)}");
                break;
        }
    }

    /// <summary>A schema that applies itself to the same value would be checked for ever.</summary>
    private void FindCycles()
    {
        HashSet<SchemaNode> done = [];
        HashSet<SchemaNode> open = [];
        foreach (SchemaNode node in _nodes.Values)
        {
            Visit(node, open, done);
        }
    }

    private void Visit(SchemaNode node, HashSet<SchemaNode> open, HashSet<SchemaNode> done)
    {
        if (done.Contains(node))
        {
            return;
        }

        if (!open.Add(node) || open.Count > MaxChain)
        {
            Refuse(node.Location, open.Count > MaxChain ? $"starts a chain of more than {MaxChain} references" : "refers to itself without going down into the value");
            done.Add(node);
            return;
        }

        foreach (SchemaNode next in node.Keywords.SelectMany(static keyword => keyword.InPlace))
        {
            Visit(next, open, done);
        }

        open.Remove(node);
        done.Add(node);
    }
}
