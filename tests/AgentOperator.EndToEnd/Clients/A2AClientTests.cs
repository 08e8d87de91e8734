using System.Text.Json;

namespace AgentOperator.EndToEnd.Clients;

/// <summary>npm @a2a-js/sdk against an agent's /a2a, over both of the bindings that its card names.</summary>
[Trait("Cluster", "local")]
[Collection(typeof(WithDeployedAgents))]
public sealed class A2AClientTests(DeployedAgents agents)
{
    [Theory]
    [InlineData("JSONRPC")]
    [InlineData("HTTP+JSON")]
    public async Task Its_client_reads_the_card_and_gets_tasks_done(string binding)
    {
        JsonElement seen = await agents.RunAsync("a2a/review.mjs", "code-reviewer", "", binding);

        JsonElement connected = seen.GetProperty("connect");
        connected.GetProperty("transport").GetString().ShouldBe(binding);
        connected.GetProperty("version").GetString().ShouldBe("1.0");
        JsonElement card = connected.GetProperty("card");
        card.GetProperty("name").GetString().ShouldBe("code-reviewer");
        card.GetProperty("skills")[0].GetProperty("id").GetString().ShouldBe("review.analyze");
        card.GetProperty("skills")[0].GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()).ShouldBe(["code-review", "security"]);
        card.GetProperty("capabilities").GetProperty("streaming").GetBoolean().ShouldBeTrue();

        foreach (string part in new[] { "send", "get", "getWithoutHistory", "text" })
        {
            Verdict(seen.GetProperty(part)).ShouldBe("approve", part);
        }

        Id(seen.GetProperty("get")).ShouldBe(Id(seen.GetProperty("send")));
        seen.GetProperty("get").GetProperty("history").GetArrayLength().ShouldBe(1);
        seen.GetProperty("getWithoutHistory").GetProperty("history").GetArrayLength().ShouldBe(0);
        seen.GetProperty("list").GetProperty("totalSize").GetInt32().ShouldBe(1);
        Id(seen.GetProperty("list").GetProperty("tasks")[0]).ShouldBe(Id(seen.GetProperty("send")));
        Verdict(seen.GetProperty("list").GetProperty("tasks")[0]).ShouldBe("approve");

        seen.GetProperty("stream").EnumerateArray().Select(Told).ShouldBe(
            ["TASK_STATE_WORKING", "TASK_STATE_WORKING [tool scan started]", "TASK_STATE_WORKING [tool scan ended]", "artifactUpdate review.analyze", "TASK_STATE_COMPLETED"]);

        JsonElement missing = seen.GetProperty("missing");
        State(missing.GetProperty("asked")).ShouldBe("TASK_STATE_INPUT_REQUIRED");
        Words(missing.GetProperty("asked")).ShouldContain("must have the property \"diff\"");
        Id(missing.GetProperty("ended")).ShouldBe(Id(missing.GetProperty("asked")));
        Verdict(missing.GetProperty("ended")).ShouldBe("approve");
    }

    [Theory]
    [InlineData("JSONRPC")]
    [InlineData("HTTP+JSON")]
    public async Task Its_client_knows_our_errors_by_their_names(string binding)
    {
        JsonElement seen = await agents.RunAsync("a2a/review.mjs", "code-reviewer", "", binding);

        Error(seen, "emptyMessage").ShouldBe("RequestMalformedError");
        Error(seen, "moreForEnded").ShouldBe("UnsupportedOperationError");
        Error(seen, "cancelEnded").ShouldBe("TaskNotCancelableError");
        Error(seen, "unknownTask").ShouldBe("TaskNotFoundError");
        Error(seen, "subscribeEnded").ShouldBe("UnsupportedOperationError");
        Error(seen, "push").ShouldBe("PushNotificationNotSupportedError");
        State(seen.GetProperty("tooLarge")).ShouldBe("TASK_STATE_REJECTED");
        Words(seen.GetProperty("tooLarge")).ShouldContain("larger than 262144 bytes");
    }

    [Theory]
    [InlineData("JSONRPC")]
    [InlineData("HTTP+JSON")]
    public async Task Its_client_is_asked_for_a_yes_and_goes_on_or_cancels(string binding)
    {
        JsonElement seen = await agents.RunAsync("a2a/approval.mjs", "careful", "", binding);

        foreach (string part in new[] { "approve", "approveInWords", "deny" })
        {
            JsonElement asked = seen.GetProperty(part).GetProperty("asked");
            State(asked).ShouldBe("TASK_STATE_INPUT_REQUIRED", part);
            asked.GetProperty("words")[1].GetProperty("approvals")[0].GetProperty("tool").GetString().ShouldBe("scan", part);
            JsonElement ended = seen.GetProperty(part).GetProperty("ended");
            Id(ended).ShouldBe(Id(asked), part);
            State(ended).ShouldBe("TASK_STATE_COMPLETED", part);
            ended.GetProperty("artifacts")[0].GetProperty("parts")[0].GetString().ShouldBe("It is released.", part);
        }

        State(seen.GetProperty("unclear").GetProperty("ended")).ShouldBe("TASK_STATE_INPUT_REQUIRED");
        JsonElement streamed = seen.GetProperty("streamed");
        streamed.GetProperty("events").EnumerateArray().Last().GetProperty("state").GetString().ShouldBe("TASK_STATE_INPUT_REQUIRED");
        string[] rest = [.. streamed.GetProperty("rest").EnumerateArray().Select(Told)];
        rest.ShouldContain("TASK_STATE_WORKING [tool scan started]");
        rest[^2].ShouldBe("artifactUpdate release");
        rest[^1].ShouldBe("TASK_STATE_COMPLETED");

        State(seen.GetProperty("cancelWaiting")).ShouldBe("TASK_STATE_CANCELED");
        JsonElement running = seen.GetProperty("cancelRunning");
        State(running.GetProperty("begun")).ShouldBe("TASK_STATE_WORKING");
        State(running.GetProperty("cancelled")).ShouldBe("TASK_STATE_CANCELED");
        running.GetProperty("watched").EnumerateArray().Last().GetProperty("state").GetString().ShouldBe("TASK_STATE_CANCELED");

        Words(seen.GetProperty("whichSkill").GetProperty("asked")).ShouldContain("release, wait");
        State(seen.GetProperty("whichSkill").GetProperty("named")).ShouldBe("TASK_STATE_INPUT_REQUIRED");
        seen.GetProperty("whichSkill").GetProperty("named").GetProperty("words")[1].GetProperty("approvals").GetArrayLength().ShouldBe(1);
    }

    private static string? Id(JsonElement task) => task.GetProperty("id").GetString();

    private static string? State(JsonElement task) => task.TryGetProperty("state", out JsonElement state) ? state.GetString() : task.GetRawText();

    private static string Words(JsonElement task) => task.GetProperty("words")[0].GetString()!;

    private static string? Verdict(JsonElement task) => task.TryGetProperty("artifacts", out JsonElement artifacts) ? artifacts[0].GetProperty("parts")[0].GetProperty("verdict").GetString() : task.GetRawText();

    private static string? Error(JsonElement seen, string part) => seen.GetProperty(part).TryGetProperty("error", out JsonElement error) ? error.GetProperty("name").GetString() : seen.GetProperty(part).GetRawText();

    /// <summary>An event in one line.</summary>
    private static string Told(JsonElement happening) => happening.TryGetProperty("state", out JsonElement state)
        ? string.Join(' ', [state.GetString()!, .. happening.GetProperty("words").EnumerateArray().Where(static word => word.ValueKind == JsonValueKind.String).Select(static word => word.GetString()!)])
        : $"{happening.GetProperty("kind").GetString()} {happening.GetProperty("name").GetString()}";
}
