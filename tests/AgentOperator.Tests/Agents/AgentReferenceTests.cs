using AgentOperator.Agents.Deciding;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.Tests.Agents;

public sealed class AgentReferenceTests
{
    [Fact]
    public void Everything_there_is_no_problem() => Given.Resolve(Given.Agent()).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData(false, "SecretNotFound", "Secret anthropic does not exist: create it in this namespace with the key api-key")]
    [InlineData(true, "SecretKeyNotFound", "Secret anthropic has no key api-key: add it")]
    public void A_missing_secret_or_key_is_named(bool hasSecret, string reason, string message)
    {
        AgentObservation seen = Given.Complete with { Secrets = new Dictionary<ObjectKeySelector, FoundKey> { [Given.Key] = new(hasSecret, null) } };

        Given.Resolve(Given.Agent(), seen).Problems.ShouldHaveSingleItem().ShouldBe(new ReferenceProblem(reason, message));
        AgentStatus status = Given.Status(Given.Agent(), seen);
        Given.Condition(status, "Ready").ShouldBe($"False {reason}");
        Given.Condition(status, "ResolvedRefs").ShouldBe($"False {reason}");
        Given.Condition(status, "Stalled").ShouldBeNull("a Secret that comes later heals it");
    }

    [Fact]
    public void A_missing_prompt_is_told_in_the_words_of_who_looked_for_it()
    {
        Agent agent = WithPrompt(Given.Agent());

        Given.Resolve(agent, Given.Complete with { PromptProblem = "PromptTemplate reviewer has no revision 7" }).Problems.ShouldHaveSingleItem().ShouldBe(new ReferenceProblem("PromptNotFound", "PromptTemplate reviewer has no revision 7"));
    }

    [Fact]
    public void A_prompt_that_is_there_reaches_the_pods_with_its_number_and_digest()
    {
        ResolvedAgent resolved = Given.Resolve(WithPrompt(Given.Agent()), Given.Complete with { Prompt = Revision() });

        resolved.Problems.ShouldBeEmpty();
        resolved.Prompt.ShouldBe(new ResolvedPrompt { Name = "reviewer", Revision = 4, Digest = "sha256:ab" });
        (resolved.Config.Prompt!.Revision, resolved.Config.Prompt.IsLiteral).ShouldBe((4, false));
        Given.Resolve(Given.Agent()).Config.Prompt!.IsLiteral.ShouldBeTrue();
    }

    [Fact]
    public void Another_agent_a_script_and_an_account_that_are_missing_are_named_together()
    {
        Agent agent = Given.Agent("""
            "tools": [{"agent": {"name": "scanner"}}], "deployment": {"serviceAccountName": "builder"}
            """);
        agent = agent with { Spec = agent.Spec with { Models = [new AgentModel { Provider = "scripted", Name = "rules", Script = new ConfigMapValue { ConfigMapKeyRef = new ObjectKeySelector { Name = "script", Key = "rules.json" } } }] } };

        string[] reasons = [.. Given.Resolve(agent, new AgentObservation { HasServiceAccount = false }).Problems.Select(static problem => problem.Reason)];

        reasons.ShouldBe(["ConfigMapNotFound", "AgentNotFound", "ServiceAccountNotFound"]);
        AgentObservation there = new()
        {
            Neighbours = [Given.Agent(name: "scanner")],
            Scripts = new Dictionary<ObjectKeySelector, FoundKey> { [new ObjectKeySelector { Name = "script", Key = "rules.json" }] = new(true, "[]") },
        };
        Given.Resolve(agent, there).Problems.ShouldBeEmpty();
        Given.Resolve(agent, there).Config.Models.Single().Script.ShouldBe("[]");
        Given.Resolve(agent, there).Config.Tools.Single().Url.ShouldBe("http://scanner.team.svc:8080");
    }

    [Fact]
    public void Secrets_of_variables_count_unless_they_are_optional()
    {
        AgentReferences.Secrets(Given.Agent("""
            "deployment": {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}, {"name": "B", "valueFrom": {"secretKeyRef": {"name": "t", "key": "k", "optional": true}}}]}
            """).Spec).Select(static reference => (reference.Key.Name, reference.IsOptional)).ShouldBe([("anthropic", false), ("s", false), ("t", true)]);
    }

    [Fact]
    public void What_goes_missing_later_changes_no_more_than_conditions()
    {
        AgentObservation running = Given.Complete with { Deployment = Given.Deployment(1, 1, 1) };
        Agent agent = Given.Agent();
        agent = agent with { Status = Given.Status(agent, running) };

        AgentStatus after = Given.Status(agent, running with { Secrets = new Dictionary<ObjectKeySelector, FoundKey>() });

        (after.Revision, after.Prompt, after.ReadyReplicasText).ShouldBe((agent.Status.Revision, agent.Status.Prompt, "1/1"));
        after.Conditions!.Single(static condition => condition.Type == "Ready").Message.ShouldEndWith("the pods that there are run on unchanged");
        Given.Condition(Given.Status(agent with { Status = after }, running), "Ready").ShouldBe("True Available");
    }

    [Fact]
    public void What_is_missing_is_looked_for_sooner_than_what_is_there()
    {
        (Given.Decide(Given.Agent()).WakeAt - Given.Now).ShouldBe(AgentDecider.Poll);
        (Given.Decide(Given.Agent(), new AgentObservation()).WakeAt - Given.Now).ShouldBe(AgentDecider.MissingPoll);
    }

    private static Agent WithPrompt(Agent agent) => agent with { Spec = agent.Spec with { SystemPrompt = null, Prompt = new PromptReference { Name = "reviewer" } } };

    private static StoredRevision Revision() => new()
    {
        Name = "reviewer-ab",
        Number = 4,
        Digest = "sha256:ab",
        Content = new PromptContent { Messages = [new PromptMessage { Role = PromptRoles.System, Content = "You review." }] },
        WasValid = true,
    };
}
