using System.Globalization;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>Reads an expression: ||, &amp;&amp;, relations and <c>in</c>, then ! and -, then members.</summary>
internal sealed class Parser(string text)
{
    private const string Variable = "event";

    private readonly IReadOnlyList<Token> _tokens = Lexer.Read(text);
    private int _next;

    private Token Current => _tokens[_next];

    public Node Parse()
    {
        Node root = Or();
        return Current.Kind == TokenKind.End ? root : throw Unexpected(Current);
    }

    private Node Or()
    {
        Node left = And();
        while (Take("||"))
        {
            left = Operators.Or(left, And());
        }

        return left;
    }

    private Node And()
    {
        Node left = Relation();
        while (Take("&&"))
        {
            left = Operators.And(left, Relation());
        }

        return left;
    }

    private Node Relation()
    {
        Node left = Unary();
        while (true)
        {
            Token token = Current;
            if (token is { Kind: TokenKind.Symbol, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" } || token is { Kind: TokenKind.Name, Text: "in" })
            {
                _next++;
                left = Operators.Relation(token.Text, left, Unary());
            }
            else
            {
                return left;
            }
        }
    }

    private Node Unary()
    {
        if (Take("!"))
        {
            return Operators.Not(Unary());
        }

        if (Take("-"))
        {
            Node inner = Unary();
            return cloudEvent => inner(cloudEvent) is double number ? -number : throw new ExpressionException("- stands before something that is no number");
        }

        return Members();
    }

    private Node Members()
    {
        Node value = Primary();
        while (true)
        {
            if (Take("."))
            {
                Token name = Expect(TokenKind.Name);
                value = Take("(") ? Functions.Method(name, value, Arguments()) : Operators.Member(value, name.Text);
            }
            else if (Take("["))
            {
                Node index = Or();
                Expect("]");
                value = Operators.Index(value, index);
            }
            else
            {
                return value;
            }
        }
    }

    private Node Primary()
    {
        Token token = Current;
        _next++;
        switch (token)
        {
            case { Kind: TokenKind.Text }:
                return _ => token.Text;
            case { Kind: TokenKind.Number }:
                double number = double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : throw Unexpected(token);
                return _ => number;
            case { Kind: TokenKind.Symbol, Text: "(" }:
                Node inner = Or();
                Expect(")");
                return inner;
            case { Kind: TokenKind.Symbol, Text: "[" }:
                return Operators.List(Items("]"));
            case { Kind: TokenKind.Name, Text: "true" }:
                return static _ => true;
            case { Kind: TokenKind.Name, Text: "false" }:
                return static _ => false;
            case { Kind: TokenKind.Name, Text: "null" }:
                return static _ => null;
            case { Kind: TokenKind.Name, Text: Variable } when !IsNext("("):
                return static cloudEvent => cloudEvent;
            case { Kind: TokenKind.Name } when Take("("):
                return Functions.Global(token, Arguments());
            case { Kind: TokenKind.Name }:
                throw new ExpressionException($"position {token.Position}: there is no variable {token.Text}, only {Variable}");
            default:
                throw Unexpected(token);
        }
    }

    private List<Node> Arguments() => Items(")");

    private List<Node> Items(string end)
    {
        List<Node> items = [];
        if (Take(end))
        {
            return items;
        }

        do
        {
            items.Add(Or());
        }
        while (Take(","));
        Expect(end);
        return items;
    }

    private bool IsNext(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool Take(string symbol)
    {
        if (!IsNext(symbol))
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected(Current);
        }
    }

    private Token Expect(TokenKind kind)
    {
        Token token = Current;
        if (token.Kind != kind)
        {
            throw Unexpected(token);
        }

        _next++;
        return token;
    }

    private static ExpressionException Unexpected(Token token) =>
        new(token.Kind == TokenKind.End ? $"position {token.Position}: the rule ends too early" : $"position {token.Position}: {token.Text} is not expected here");
}
