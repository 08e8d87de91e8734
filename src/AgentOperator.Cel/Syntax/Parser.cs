namespace AgentOperator.Cel.Syntax;

/// <summary>Tokens to a tree, by recursive descent.</summary>
internal ref struct Parser
{
    public const int MaxDepth = 250;

    private readonly SyntaxOptions _options;
    private Lexer _lexer;
    private Token _token;
    private int _depth;

    private Parser(string text, SyntaxOptions options)
    {
        _options = options;
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    public static Expr Parse(string text, SyntaxOptions options)
    {
        Parser parser = new(text, options);
        Expr expr = parser.Expression();
        return parser._token.Kind is TokenKind.End ? expr : throw parser.Unexpected("an operator or the end of the expression");
    }

    private Expr Expression()
    {
        if (++_depth > MaxDepth)
        {
            throw TooDeep(_token.Start);
        }

        Expr expr = Logical(isAnd: false);
        if (_token.Is("?"))
        {
            int offset = Take().Start;
            Expr whenTrue = Logical(isAnd: false);
            Expect(":", "the other branch of '?'");
            Expr whenFalse = Expression();
            expr = Bounded(new ConditionalExpr(offset, expr, whenTrue, whenFalse));
        }

        _depth--;
        return expr;
    }

    private Expr Logical(bool isAnd)
    {
        string symbol = isAnd ? "&&" : "||";
        Expr first = isAnd ? Binary(1) : Logical(isAnd: true);
        if (!_token.Is(symbol))
        {
            return first;
        }

        int offset = _token.Start;
        List<Expr> operands = [first];
        while (_token.Is(symbol))
        {
            Take();
            operands.Add(isAnd ? Binary(1) : Logical(isAnd: true));
        }

        return Bounded(new LogicalExpr(offset, isAnd, operands));
    }

    private Expr Binary(int level)
    {
        Expr left = Unary();
        while (Operators.TryGet(_token, out string function, out int next) && next >= level)
        {
            int offset = Take().Start;
            left = Bounded(new CallExpr(offset, function, null, [left, Binary(next + 1)]));
        }

        return left;
    }

    private Expr Unary()
    {
        if (!_token.Is("!") && !_token.Is("-"))
        {
            return Member(Primary());
        }

        Token first = _token;
        List<int> offsets = [];
        while (_token.Is(first.Text))
        {
            offsets.Add(Take().Start);
        }

        Expr expr;
        if (first.Is("-") && _token.Kind is TokenKind.Int or TokenKind.Double)
        {
            offsets.RemoveAt(offsets.Count - 1);
            CelValue value = _token.Kind is TokenKind.Int ? NumberLiterals.Integer(_token, negative: true) : CelValue.From(-_token.Value.Number);
            expr = Member(new ConstantExpr(Take().Start, value));
        }
        else
        {
            expr = Member(Primary());
        }

        for (int i = offsets.Count - 1; i >= 0; i--)
        {
            expr = Bounded(new CallExpr(offsets[i], first.Is("!") ? Operators.Not : Operators.Negate, null, [expr]));
        }

        return expr;
    }

    private Expr Member(Expr expr)
    {
        while (true)
        {
            if (_token.Is("."))
            {
                Take();
                expr = Selected(expr);
            }
            else if (_token.Is("["))
            {
                int offset = Take().Start;
                bool optional = TakeIf("?");
                Expr index = Expression();
                Expect("]", "the end of the index");
                expr = Bounded(new IndexExpr(offset, expr, index, optional));
            }
            else if (_token.Is("{") && Names.Qualified(expr) is { } name)
            {
                expr = Struct(expr.Offset, name);
            }
            else
            {
                return expr;
            }
        }
    }

    private Expr Selected(Expr operand)
    {
        bool optional = TakeIf("?");
        Token name = _token;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.Escaped))
        {
            throw Unexpected("the name of a field or method after '.'; a key with other characters is reached by a.`b-c` or a['b c']");
        }

        Take();
        if (optional || name.Kind is TokenKind.Escaped || !_token.Is("("))
        {
            return Bounded(new SelectExpr(name.Start, operand, name.Text, optional));
        }

        Take();
        CallExpr call = new(name.Start, name.Text, operand, List(")"));
        return Bounded(Macros.Expand(call, _options));
    }

    private Expr Primary()
    {
        Token token = _token;
        switch (token.Kind)
        {
            case TokenKind.Int:
                Take();
                return new ConstantExpr(token.Start, NumberLiterals.Integer(token, negative: false));
            case TokenKind.Uint or TokenKind.Double or TokenKind.String or TokenKind.Bytes:
                Take();
                return new ConstantExpr(token.Start, token.Value);
            case TokenKind.Keyword when token.Text is not "in":
                Take();
                return new ConstantExpr(token.Start, token.Text switch { "true" => CelValue.True, "false" => CelValue.False, _ => default });
            case TokenKind.Identifier:
                return Name(rooted: false);
            case TokenKind.Symbol when token.Text is ".":
                Take();
                return Name(rooted: true);
            case TokenKind.Symbol when token.Text is "(":
                Take();
                Expr inner = Expression();
                Expect(")", "the closing parenthesis");
                return inner;
            case TokenKind.Symbol when token.Text is "[":
                Take();
                return ListLiteral(token.Start);
            case TokenKind.Symbol when token.Text is "{":
                Take();
                return MapLiteral(token.Start);
            default:
                throw Unexpected("a value");
        }
    }

    private Expr Name(bool rooted)
    {
        Token name = _token;
        if (name.Kind is not TokenKind.Identifier)
        {
            throw Unexpected("a name after '.'");
        }

        if (Reserved.Words.Contains(name.Text))
        {
            throw new SyntaxException(name.Start, $"'{name.Text}' is a reserved word and no variable or function");
        }

        Take();
        if (!_token.Is("("))
        {
            return new IdentExpr(name.Start, name.Text, rooted);
        }

        Take();
        CallExpr call = new(name.Start, rooted ? "." + name.Text : name.Text, null, List(")"));
        return Bounded(Macros.Expand(call, _options));
    }

    private List<Expr> List(string end)
    {
        List<Expr> items = [];
        if (!TakeIf(end))
        {
            do
            {
                items.Add(Expression());
            }
            while (TakeIf(","));
            Expect(end, "',' or the end of the arguments");
        }

        return items;
    }

    private Expr ListLiteral(int offset)
    {
        List<Expr> elements = [];
        HashSet<int> optional = [];
        while (!_token.Is("]") && !(elements.Count == 0 && _token.Is(",")))
        {
            if (TakeIf("?"))
            {
                optional.Add(elements.Count);
            }

            elements.Add(Expression());
            if (!TakeIf(","))
            {
                break;
            }
        }

        TakeLoneComma(elements.Count);
        Expect("]", "',' or the end of the list");
        return Bounded(new ListExpr(offset, elements, optional));
    }

    private Expr MapLiteral(int offset)
    {
        List<MapEntry> entries = [];
        while (!_token.Is("}") && !(entries.Count == 0 && _token.Is(",")))
        {
            bool optional = TakeIf("?");
            Expr key = Expression();
            Expect(":", "the value of the key");
            entries.Add(new MapEntry(key, Expression(), optional));
            if (!TakeIf(","))
            {
                break;
            }
        }

        TakeLoneComma(entries.Count);
        Expect("}", "',' or the end of the map");
        return Bounded(new MapExpr(offset, entries));
    }

    private Expr Struct(int offset, string name)
    {
        Take();
        List<Expr> values = [];
        while (!_token.Is("}") && !(values.Count == 0 && _token.Is(",")))
        {
            TakeIf("?");
            if (_token.Kind is not (TokenKind.Identifier or TokenKind.Escaped))
            {
                throw Unexpected("the name of a field");
            }

            Take();
            Expect(":", "the value of the field");
            values.Add(Expression());
            if (!TakeIf(","))
            {
                break;
            }
        }

        TakeLoneComma(values.Count);
        Expect("}", "',' or the end of the message");
        return Bounded(new StructExpr(offset, name, values));
    }

    /// <summary>The grammar has <c>[,]</c> and <c>{,}</c>.</summary>
    private void TakeLoneComma(int count)
    {
        if (count == 0)
        {
            TakeIf(",");
        }
    }

    private Token Take()
    {
        Token taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool TakeIf(string symbol)
    {
        if (!_token.Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    private void Expect(string symbol, string what)
    {
        if (!TakeIf(symbol))
        {
            throw Unexpected($"'{symbol}', {what}");
        }
    }

    private readonly SyntaxException Unexpected(string expected) =>
        _token.Kind is TokenKind.Identifier && Reserved.Words.Contains(_token.Text)
            ? new SyntaxException(_token.Start, $"'{_token.Text}' is a reserved word; expected {expected}")
            : new SyntaxException(_token.Start, $"unexpected {_token.Describe()}; expected {expected}{Meant(_token.Text)}");

    private static string Meant(string text) => text.ToUpperInvariant() switch
    {
        "AND" => "; and is '&&'",
        "OR" => "; or is '||'",
        _ => "",
    };

    private static SyntaxException TooDeep(int offset) => new(offset, $"the expression is nested deeper than {MaxDepth} levels; split it");

    private static Expr Bounded(Expr expr) => expr.Depth <= MaxDepth ? expr : throw TooDeep(expr.Offset);
}
