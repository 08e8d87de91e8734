using System.Text;
using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>A text in which <c>{{ params.x }}</c> and <c>{{ steps.a.outputs.b }}</c> stand for values.</summary>
internal sealed class TemplateText
{
    private readonly IReadOnlyList<(string Literal, ValuePath? Reference)> _parts;

    private TemplateText(IReadOnlyList<(string Literal, ValuePath? Reference)> parts) => _parts = parts;

    /// <summary>What the text names.</summary>
    public IEnumerable<ValuePath> References => _parts.Where(static part => part.Reference is not null).Select(static part => part.Reference!);

    /// <summary>Reads a text.</summary>
    /// <exception cref="TemplateException">A <c>{{</c> is not closed, or what it holds is not a path.</exception>
    public static TemplateText Parse(string text)
    {
        List<(string, ValuePath?)> parts = [];
        int position = 0;
        for (int open; (open = text.IndexOf("{{", position, StringComparison.Ordinal)) >= 0;)
        {
            int close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new TemplateException($"\"{{{{\" at character {open + 1} has no \"}}}}\"");
            }

            parts.Add((text[position..open], null));
            parts.Add(("", Path(text[(open + 2)..close].Trim(), open + 1)));
            position = close + 2;
        }

        parts.Add((text[position..], null));
        return new TemplateText(parts);
    }

    /// <summary>The text with its values: strings as they are, everything else as JSON. Every <c>$</c> of a value is doubled, because the kubelet expands <c>$(NAME)</c>.</summary>
    public string Render(IValueScope scope)
    {
        StringBuilder text = new();
        foreach ((string literal, ValuePath? reference) in _parts)
        {
            text.Append(literal);
            if (reference is not null)
            {
                if ((literal.Length - literal.TrimEnd('$').Length) % 2 == 1)
                {
                    // A dollar of the text must not join a value that begins with "(NAME)".
                    text.Append('$');
                }

                JsonElement value = scope.Resolve(reference);
                string rendered = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                text.Append(rendered.Replace("$", "$$", StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }

    private static ValuePath Path(string path, int position) => path.Split('.') switch
    {
        ["params", { Length: > 0 } name] => new ValuePath(null, name),
        ["steps", { Length: > 0 } step, "outputs", { Length: > 0 } name] => new ValuePath(step, name),
        _ => throw new TemplateException($"\"{{{{ {path} }}}}\" at character {position} is not a path: write params.NAME or steps.STEP.outputs.NAME"),
    };
}
