using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>The rules of a scripted model, in YAML or JSON (docs/models.md). The first rule that fits and is not used up answers.</summary>
internal sealed class Script
{
    private Script(IReadOnlyList<ScriptRule> rules) => Rules = rules;

    public IReadOnlyList<ScriptRule> Rules { get; }

    /// <exception cref="ScriptException">With all problems of the file.</exception>
    public static Script Load(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException(file, [error.Message]);
        }
    }

    /// <exception cref="ScriptException">With all problems of the text.</exception>
    public static Script Parse(string text, string file = "script")
    {
        YamlStream yaml = [];
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ScriptException(file, [$"line {error.Start.Line}: it is no YAML: {error.Message}"]);
        }
        catch (InvalidOperationException)
        {
            // How the parser fails on a flow mapping or sequence that is never closed.
            throw new ScriptException(file, ["it is no YAML: a { or [ is not closed"]);
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            throw new ScriptException(file, ["line 1: it must be one mapping with rules"]);
        }

        List<string> problems = [];
        ScriptNode document = new(root, "", problems);
        List<ScriptRule> rules = [.. document.List("rules").Select(ReadRule)];
        document.RefuseTheRest();
        if (rules.Count == 0 && problems.Count == 0)
        {
            problems.Add("line 1: rules must hold at least one rule");
        }

        return problems.Count == 0 ? new Script(rules) : throw new ScriptException(file, problems);
    }

    private static ScriptRule ReadRule(ScriptNode node)
    {
        ScriptNode? when = node.Map("when");
        bool hang = node.Flag("hang");
        ScriptFailure? fail = node.Map("fail") is { } failure ? ReadFailure(failure) : null;
        ScriptAnswer? answer = node.Map("answer") is { } given ? ReadAnswer(given) : null;
        ScriptRule rule = new()
        {
            Model = when?.Text("model"),
            Contains = when?.Text("contains"),
            Matches = when is null ? null : ReadRegex(when),
            Tool = when?.Text("tool"),
            Turn = when?.Number("turn", 1, 10_000),
            Delay = node.Duration("delay") ?? TimeSpan.Zero,
            Times = node.Number("times", 1, int.MaxValue),
            Hang = hang,
            Fail = fail,
            Answer = answer ?? new ScriptAnswer(),
        };
        if (answer is null && !hang && fail?.Status is null)
        {
            node.Problem("answer", "is missing: a rule answers, fails with a status, or hangs");
        }

        when?.RefuseTheRest();
        node.RefuseTheRest();
        return rule;
    }

    private static Regex? ReadRegex(ScriptNode when)
    {
        if (when.Text("matches") is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            when.Problem("matches", $"is no regular expression without look-around and back-references: {error.Message}");
            return null;
        }
    }

    private static ScriptFailure ReadFailure(ScriptNode node)
    {
        ScriptFailure failure = new()
        {
            Status = node.Number("status", 400, 599),
            RetryAfter = node.Duration("retryAfter"),
            Message = node.Text("message") ?? "scripted failure",
            CutAfter = node.Number("cutAfter", 0, int.MaxValue),
        };
        if (node.Has("status") == node.Has("cutAfter"))
        {
            node.Problem("status", "or cutAfter must be given, and only one of them");
        }

        node.RefuseTheRest();
        return failure;
    }

    private static ScriptAnswer ReadAnswer(ScriptNode node)
    {
        ScriptAnswer answer = new()
        {
            Text = node.Text("text"),
            Json = node.Json("json"),
            ToolCalls = [.. node.List("toolCalls").Select(ReadCall).OfType<ScriptToolCall>()],
            Reasoning = node.Text("reasoning"),
            Usage = node.Map("usage") is { } usage ? ReadUsage(usage) : null,
            FinishReason = node.Text("finishReason") is { } reason ? new ChatFinishReason(reason) : null,
        };
        if (node.Has("text") && node.Has("json"))
        {
            node.Problem("json", "and text exclude each other");
        }

        node.RefuseTheRest();
        return answer;
    }

    private static ScriptToolCall? ReadCall(ScriptNode node)
    {
        string? name = node.Text("name");
        JsonNode? arguments = node.Json("arguments");
        if (name is null)
        {
            node.Problem("name", "is missing");
        }

        if (arguments is not (null or JsonObject))
        {
            node.Problem("arguments", "must be a mapping");
        }

        node.RefuseTheRest();
        return name is null ? null : new ScriptToolCall { Name = name, Arguments = arguments as JsonObject ?? [] };
    }

    private static UsageDetails ReadUsage(ScriptNode node)
    {
        int input = node.Number("input", 0, int.MaxValue) ?? 0;
        int output = node.Number("output", 0, int.MaxValue) ?? 0;
        UsageDetails usage = new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (long)input + output,
            CachedInputTokenCount = node.Number("cachedInput", 0, int.MaxValue),
            ReasoningTokenCount = node.Number("reasoning", 0, int.MaxValue),
        };
        node.RefuseTheRest();
        return usage;
    }
}
