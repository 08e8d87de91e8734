using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentOperator.Cli.Linting.Sources;

/// <summary>Reads the documents of a YAML or JSON file.</summary>
internal sealed class SourceReader
{
    private const string Reason = "InvalidYaml";

    // An alias may stand for much, and that for more: a file of one kilobyte can be a terabyte.
    private const int MaxNodes = 200_000;

    private const int MaxDepth = 200;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, SourceNode> _anchors = [];
    private int _nodes;

    private SourceReader(TextReader text) => _parser = new Parser(text);

    /// <summary>The documents that are not empty.</summary>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    public static IReadOnlyList<SourceNode> Read(TextReader text)
    {
        try
        {
            return new SourceReader(text).Documents();
        }
        catch (YamlException error)
        {
            throw new SourceException(Of(error.Start), Reason, $"this is not valid YAML: {error.Message.TrimEnd('.')}");
        }
    }

    private List<SourceNode> Documents()
    {
        List<SourceNode> documents = [];
        _parser.Consume<StreamStart>();
        while (_parser.Accept<DocumentStart>(out _))
        {
            _parser.Consume<DocumentStart>();
            SourceNode root = Node(0);
            if (root.Kind != SourceKind.Null)
            {
                documents.Add(root);
            }

            _parser.Consume<DocumentEnd>();
            _anchors.Clear();
        }

        return documents;
    }

    private SourceNode Node(int depth)
    {
        ParsingEvent next = _parser.Current ?? throw new InvalidOperationException("The parser has no event.");
        if (++_nodes > MaxNodes || depth > MaxDepth)
        {
            throw new SourceException(Of(next.Start), Reason, $"the file has more than {MaxNodes} values or {MaxDepth} levels: split it, and look for an alias that stands for itself");
        }

        if (next is AnchorAlias alias)
        {
            _parser.MoveNext();
            _nodes += _anchors.TryGetValue(alias.Value, out SourceNode? known) ? Size(known) : 0;
            return _nodes <= MaxNodes
                ? known ?? throw new SourceException(Of(alias.Start), Reason, $"*{alias.Value} has no &{alias.Value} before it: add the anchor")
                : throw new SourceException(Of(alias.Start), Reason, $"the file has more than {MaxNodes} values once its aliases are written out: write less");
        }

        NodeEvent begin = (NodeEvent)next;
        SourceNode node = begin switch
        {
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            _ => Scalar(_parser.Consume<Scalar>()),
        };
        if (!begin.Anchor.IsEmpty)
        {
            _anchors[begin.Anchor] = node;
        }

        return node;
    }

    private static SourceNode Scalar(Scalar scalar)
    {
        Position at = Of(scalar.Start);
        bool isPlain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value != "tag:yaml.org,2002:str");
        (SourceKind kind, string text) = isPlain ? PlainScalar.Read(scalar.Value, at) : (SourceKind.String, scalar.Value);
        return new SourceNode { Kind = kind, At = at, Text = text };
    }

    private SourceNode Sequence(int depth)
    {
        Position at = Of(_parser.Consume<SequenceStart>().Start);
        List<SourceNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new SourceNode { Kind = SourceKind.Array, At = at, Items = items };
    }

    private SourceNode Mapping(int depth)
    {
        Position at = Of(_parser.Consume<MappingStart>().Start);
        List<SourceMember> members = [];
        List<SourceNode> merged = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            Position keyAt = Of(_parser.Current!.Start);
            if (_parser.Current is not Scalar key)
            {
                throw new SourceException(keyAt, Reason, "a key must be a simple text: quote it, and put {{ }} in quotes");
            }

            _parser.MoveNext();
            SourceNode value = Node(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.AddRange(value.Kind == SourceKind.Array ? value.Items : [value]);
            }
            else if (!names.Add(key.Value))
            {
                throw new SourceException(keyAt, "DuplicateField", $"the field {key.Value} is here twice: remove one");
            }
            else
            {
                members.Add(new SourceMember(key.Value, keyAt, value));
            }
        }

        // What is written in the mapping itself wins over what is merged into it, and the first merge over later ones.
        members.AddRange(merged.SelectMany(static other => other.Members).Where(member => names.Add(member.Name)));
        return new SourceNode { Kind = SourceKind.Object, At = at, Members = members };
    }

    private static int Size(SourceNode node) => 1 + node.Items.Sum(Size) + node.Members.Sum(static member => Size(member.Value));

    private static Position Of(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
