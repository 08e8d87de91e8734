using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>What the rules of a script look at.</summary>
internal sealed class Conversation
{
    public Conversation(string model, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Model = model;
        LastUserText = messages.LastOrDefault(static message => message.Role == ChatRole.User && message.Text.Length > 0)?.Text ?? "";
        Turn = messages.Count(static message => message.Role == ChatRole.Assistant) + 1;
        List<FunctionCallContent> calls = [.. messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()];
        Calls = calls.Count;
        List<string> results = [.. messages.Count == 0 ? [] : messages[^1].Contents.OfType<FunctionResultContent>().Select(static result => result.CallId)];
        Tools = [.. results.Select(id => calls.FindLast(call => call.CallId == id)?.Name ?? "")];
        InputWords = Words(options?.Instructions ?? "") + messages.Sum(static message => message.Contents.Sum(static content => content switch
        {
            TextContent text => Words(text.Text),
            FunctionResultContent result => Words(OpenAI.RequestMessages.ResultText(result)),
            _ => 0,
        }));
    }

    public string Model { get; }

    public string LastUserText { get; }

    /// <summary>1 is the model's first answer.</summary>
    public int Turn { get; }

    /// <summary>Calls of tools made so far.</summary>
    public int Calls { get; }

    /// <summary>The tools whose results are the last message.</summary>
    public IReadOnlyList<string> Tools { get; }

    public int InputWords { get; }

    public static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public bool Fits(ScriptRule rule, out Match? match)
    {
        match = null;
        if (rule.IsUnconditional)
        {
            return true;
        }

        // A rule about what the user said must not answer the result of the tool that it called.
        bool tool = rule.Tool is null ? Tools.Count == 0 || rule.Turn is not null : Tools.Count > 0 && (rule.Tool == "*" || Tools.Contains(rule.Tool));
        if (!tool
            || (rule.Model is not null && rule.Model != Model)
            || (rule.Turn is { } turn && turn != Turn)
            || (rule.Contains is { } part && !LastUserText.Contains(part, StringComparison.Ordinal)))
        {
            return false;
        }

        match = rule.Matches?.Match(LastUserText);
        return match is null or { Success: true };
    }

    /// <summary>Enough to find the text again, without the text.</summary>
    public string Describe()
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LastUserText)))[..12];
        string tools = Tools.Count == 0 ? "" : $", results of {string.Join(", ", Tools)}";
        return $"turn {Turn}, last user text of {LastUserText.Length} characters (sha256 {digest}…){tools}";
    }
}
