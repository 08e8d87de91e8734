namespace AgentOperator.Api.PromptTemplates;

/// <summary>The variables of a text: <c>{{name}}</c>, spaces within the braces allowed; <c>{{{{</c> is two braces and no variable.</summary>
public static class PromptVariables
{
    /// <summary>Names in order of appearance, and what cannot be read.</summary>
    public static (IReadOnlyList<string> Names, IReadOnlyList<string> Problems) Of(string text)
    {
        List<string> names = [];
        List<string> problems = [];
        int position = 0;
        for (int open; (open = text.IndexOf("{{", position, StringComparison.Ordinal)) >= 0;)
        {
            if (string.CompareOrdinal(text, open, "{{{{", 0, 4) == 0)
            {
                position = open + 4;
                continue;
            }

            int close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                problems.Add($"\"{{{{\" at character {open + 1} has no \"}}}}\": close it, or write {{{{{{{{ for two braces");
                break;
            }

            string name = text[(open + 2)..close].Trim();
            if (IsName(name))
            {
                names.Add(name);
            }
            else
            {
                problems.Add($"\"{{{{\" at character {open + 1} holds no name of letters, digits, underscores and hyphens: write {{{{name}}}}, or {{{{{{{{ for two braces");
            }

            position = close + 2;
        }

        return (names, problems);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
