namespace AgentOperator.Api.PromptTemplates;

/// <summary>How many tokens a text may have: one for four ASCII characters, and one for each other character. Tokenizers differ by model; this is an estimate on the high side for English.</summary>
public static class PromptTokens
{
    public static long Estimate(string text)
    {
        long ascii = 0;
        long others = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            _ = rune.IsAscii ? ascii++ : others++;
        }

        return ((ascii + 3) / 4) + others;
    }

    /// <summary>Of a prompt without the values of its variables: messages, examples, constraints and the schema of the answer.</summary>
    public static long Estimate(PromptContent content) =>
        content.Messages.Sum(static message => Estimate(message.Content))
        + (content.Examples ?? []).Sum(static example => Estimate(example.Input.GetRawText()) + Estimate(example.Output.GetRawText()))
        + (content.Constraints ?? []).Sum(static constraint => Estimate(constraint))
        + (content.Output is { } output ? Estimate(output.GetRawText()) : 0);
}
