using System.Text;
using System.Text.Json;

namespace AgentOperator.AgentRuntime.Prompts;

/// <summary>A text with variables, parsed once: <c>{{name}}</c> stands for a field of the input, <c>{{{{</c> for two braces.
/// Values are put in after parsing, in one pass, so that braces in them mean nothing.</summary>
internal sealed class TemplateText
{
    private readonly List<(string Text, bool IsVariable)> _segments = [];

    public IEnumerable<string> Variables => _segments.Where(static segment => segment.IsVariable).Select(static segment => segment.Text);

    /// <summary>The text as it is.</summary>
    public static TemplateText Literal(string text)
    {
        TemplateText literal = new();
        literal._segments.Add((text, false));
        return literal;
    }

    /// <exception cref="FormatException">Braces that are no variable.</exception>
    public static TemplateText Parse(string text)
    {
        TemplateText template = new();
        StringBuilder plain = new();
        int position = 0;
        while (text.IndexOf("{{", position, StringComparison.Ordinal) is int open && open >= 0)
        {
            plain.Append(text, position, open - position);
            if (text.AsSpan(open).StartsWith("{{{{"))
            {
                plain.Append("{{");
                position = open + 4;
                continue;
            }

            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            string name = close < 0 ? "" : text[(open + 2)..close].Trim();
            if (name.Length == 0 || !name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            {
                string near = text[open..Math.Min(text.Length, open + 30)];
                throw new FormatException($"\"{near}\" is no variable: write {{{{name}}}}, or {{{{{{{{ for two braces");
            }

            if (plain.Length > 0)
            {
                template._segments.Add((plain.ToString(), false));
                plain.Clear();
            }

            template._segments.Add((name, true));
            position = close + 2;
        }

        plain.Append(text, position, text.Length - position);
        if (plain.Length > 0)
        {
            template._segments.Add((plain.ToString(), false));
        }

        return template;
    }

    /// <summary>The text with the fields of an object; a field that is absent is empty.</summary>
    public string Render(JsonElement input)
    {
        if (_segments is [(string only, false)])
        {
            return only;
        }

        StringBuilder text = new();
        foreach ((string segment, bool isVariable) in _segments)
        {
            text.Append(isVariable ? InputText.OfField(input, segment) : segment);
        }

        return text.ToString();
    }
}
