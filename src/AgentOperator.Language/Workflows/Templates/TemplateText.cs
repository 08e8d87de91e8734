using System.Text;
using System.Text.Json;
using AgentOperator.Workflows.Expressions;

namespace AgentOperator.Workflows.Templates;

/// <summary>A text in which <c>{{ }}</c> stands for values.</summary>
internal sealed class TemplateText
{
    /// <summary>Most bytes of one value in a text: the kernel bounds arguments and variables, and a Job has to fit into etcd.</summary>
    public const int MaxValueBytes = 32 * 1024;

    // There is no escape: a text that is a template of another tool does not belong into a command line either.
    private const string Elsewhere = "where the text is to hold {{ itself, put it into a ConfigMap and read that as a file or by env[].valueFrom";

    private readonly IReadOnlyList<(string Literal, IExpression? Expression, string Source)> _parts;

    private TemplateText(IReadOnlyList<(string Literal, IExpression? Expression, string Source)> parts) => _parts = parts;

    /// <summary>What the text names.</summary>
    public IEnumerable<ValuePath> References => _parts.Where(static part => part.Expression is not null).SelectMany(static part => part.Expression!.References);

    /// <summary>The expressions in the text that are more than a path, as they are written.</summary>
    public IEnumerable<string> Programs => _parts.Where(static part => part.Expression is CelExpression).Select(static part => part.Source);

    /// <summary>The expression that the text is, when it is one whole <c>{{ }}</c>.</summary>
    private IExpression? Whole => _parts is [{ Literal: "" }, { Expression: { } expression }, { Literal: "" }] ? expression : null;

    /// <summary>Reads a text.</summary>
    /// <exception cref="TemplateException">A <c>{{</c> is not closed, or what it holds cannot be read.</exception>
    /// <param name="text">The text.</param>
    /// <param name="language">Reads what stands between <c>{{</c> and <c>}}</c>; that of a run's steps if absent.</param>
    public static TemplateText Parse(string text, Func<string, IExpression>? language = null)
    {
        List<(string, IExpression?, string)> parts = [];
        int position = 0;
        for (int open; (open = text.IndexOf("{{", position, StringComparison.Ordinal)) >= 0;)
        {
            int close = Close(text, open + 2);
            if (close < 0)
            {
                throw new TemplateException($"\"{{{{\" at character {open + 1} has no \"}}}}\"; {Elsewhere}");
            }

            parts.Add((text[position..open], null, ""));
            parts.Add(Expression(text[(open + 2)..close].Trim(), open + 1, language ?? OfSteps));
            position = close + 2;
        }

        parts.Add((text[position..], null, ""));
        return new TemplateText(parts);
    }

    /// <summary>The text with its values: strings as they are, null as nothing, everything else as JSON. Every <c>$</c> of a value is doubled, because the kubelet expands <c>$(NAME)</c>.</summary>
    /// <exception cref="TemplateException">A value is too large.</exception>
    public string Render(IValueScope scope)
    {
        StringBuilder text = new();
        bool isAfterDollar = false;
        foreach ((string literal, IExpression? expression, string source) in _parts)
        {
            text.Append(literal);
            if (expression is null)
            {
                isAfterDollar = (literal.Length - literal.TrimEnd('$').Length) % 2 == 1;
                continue;
            }

            string value = Format(expression.Evaluate(scope), source);
            if (isAfterDollar && value.Length > 0)
            {
                // A dollar of the text must not join a value that begins with "(NAME)".
                text.Append('$');
            }

            isAfterDollar &= value.Length == 0;
            text.Append(value);
        }

        return text.ToString();
    }

    /// <summary>The value itself where the text is one whole <c>{{ }}</c>; else the text with its values, for JSON: nothing is doubled.</summary>
    public JsonElement Value(IValueScope scope) => Whole is { } whole
        ? whole.Evaluate(scope)
        : JsonElement.Parse($"\"{JsonEncodedText.Encode(Plain(scope))}\"");

    /// <summary>The text with its values, for where no kubelet reads it.</summary>
    public string Plain(IValueScope scope) => string.Concat(_parts.Select(part => part.Expression is { } expression ? Text(expression.Evaluate(scope)) : part.Literal));

    /// <summary>Where the <c>}}</c> is that belongs to a <c>{{</c>: not one within a text or a map of the expression.</summary>
    private static int Close(string text, int start)
    {
        int depth = 0;
        char quote = '\0';
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (depth == 0 && c == '}' && i + 1 < text.Length && text[i + 1] == '}')
            {
                return i;
            }
            else
            {
                quote = c is '"' or '\'' ? c : '\0';
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }

        return -1;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    private static string Format(JsonElement value, string source)
    {
        string text = Text(value);
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= MaxValueBytes
            ? text.Replace("$", "$$", StringComparison.Ordinal)
            : throw new TemplateException($"{{{{ {source} }}}} has {bytes} bytes, more than the {MaxValueBytes} that an argument or variable may have: write {{{{ {StepFiles.Function}({source}) }}}}, which is the path of a file with the value");
    }

    private static IExpression OfSteps(string source) => PathExpression.TryParse(source, out PathExpression? path) ? path : CelExpression.Parse(source);

    private static (string Literal, IExpression Expression, string Source) Expression(string source, int position, Func<string, IExpression> language)
    {
        try
        {
            return ("", language(source), source);
        }
        catch (TemplateException error)
        {
            throw new TemplateException($"\"{{{{ {source} }}}}\" at character {position}: {error.Message}; {Elsewhere}");
        }
    }
}
