namespace AgentOperator.Workflows.Deciding;

/// <summary>Text of others on its way into status: a registry may answer with a whole page.</summary>
internal static class Sentence
{
    /// <summary>Well below the schema's bound, with room for what is put around it.</summary>
    public const int MaxLength = 1024;

    /// <summary>The text in one piece that fits: control characters, which would garble a terminal, become spaces, and a pair of surrogates is not cut in two.</summary>
    public static string Limit(string text)
    {
        text = string.Create(text.Length, text, static (clean, dirty) =>
        {
            for (int i = 0; i < clean.Length; i++)
            {
                clean[i] = char.IsControl(dirty[i]) && dirty[i] is not '\n' ? ' ' : dirty[i];
            }
        });
        if (text.Length <= MaxLength)
        {
            return text;
        }

        int end = MaxLength - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
