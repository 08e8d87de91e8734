using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Tests.Workflows;

public sealed class AgentStepTests
{
    private static readonly WorkflowStep Review = new()
    {
        Name = "review",
        Agent = new AgentStep { Name = "reviewer", Skill = "analyze", Input = Json("""{"pr":"{{ params.pr }}","title":"PR {{ params.pr }} of {{ params.repo }}","deep":[{"repo":"{{ params.repo }}"}]}""") },
        Outputs = [new StepOutput { Name = "issues", Type = ValueTypes.Array }],
    };

    private static readonly WorkflowSpec Spec = new()
    {
        Params = [new WorkflowParameter { Name = "pr", Type = ValueTypes.Integer, Value = Json("4711") }, new WorkflowParameter { Name = "repo", Value = Json("\"it's \\\"x\\\" $(HOME)\"") }],
        Steps = [Review],
    };

    [Fact]
    public void A_step_waits_for_its_agent_and_starts_once_it_is_there_and_ready()
    {
        FakeNamespace ns = new();
        Life life = new(Spec) { Surroundings = ns };

        life.Turn()["review"].Waiting.ShouldNotBeNull().Message.ShouldBe("there is no Agent reviewer in this namespace");
        life["review"].Waiting!.Reason.ShouldBe(WaitingReasons.Reference);
        life.Status.Waiting.ShouldBe("Reference: review");

        ns.Agents.Add(FakeNamespace.Agent("reviewer", ready: 0, "analyze"));
        life.Turn()["review"].Waiting!.Reason.ShouldBe(WaitingReasons.AgentNotReady);

        ns.Agents[0] = FakeNamespace.Agent("reviewer", ready: 1, "analyze");
        life.Turn()["review"].Phase.ShouldBe(StepPhases.Starting);
        life["review"].Target.ShouldBe(new StepTarget { Agent = "reviewer", Skill = "analyze", Mode = AgentStepModes.Deployed, Url = "http://reviewer.n.svc:8080", Revision = "sha256:r" });
    }

    [Fact]
    public void What_was_decided_holds_for_every_attempt()
    {
        FakeNamespace ns = new(FakeNamespace.Agent("reviewer", ready: 1, "analyze"));
        Life life = new Life(Spec with { Steps = [Review with { Retry = new RetryPolicy { Limit = 1 } }] }) { Surroundings = ns }.Turn();
        ns.Agents[0] = FakeNamespace.Agent("reviewer", ready: 0, "analyze") with { Spec = ns.Agents[0].Spec with { Replicas = 0 } };

        life.Fail("review");

        life["review"].Attempt.ShouldBe(2);
        life["review"].Target!.Mode.ShouldBe(AgentStepModes.Deployed);
    }

    [Theory]
    [InlineData(null, 0, AgentStepModes.InJob)]
    [InlineData(null, 2, AgentStepModes.Deployed)]
    [InlineData(AgentStepModes.InJob, 2, AgentStepModes.InJob)]
    public void Auto_asks_the_pods_unless_the_agent_is_to_have_none(string? asked, int replicas, string mode)
    {
        Agent agent = FakeNamespace.Agent("reviewer", ready: replicas, "analyze");
        FakeNamespace ns = new(agent with { Spec = agent.Spec with { Replicas = replicas } });

        new Life(Spec with { Steps = [Review with { Agent = Review.Agent! with { Mode = asked } }] }) { Surroundings = ns }.Turn()["review"].Target!.Mode.ShouldBe(mode);
    }

    [Fact]
    public void Of_agents_with_the_capabilities_the_readiest_is_taken_then_the_first_by_name()
    {
        Agent Able(string name, int ready, params string[] capabilities) => FakeNamespace.Agent(name, ready, "analyze") is var agent ? agent with { Spec = agent.Spec with { Capabilities = capabilities } } : null!;
        WorkflowStep step = Review with { Agent = Review.Agent! with { Name = null, Requires = ["review", "security"] } };
        FakeNamespace ns = new(Able("a", 0, "review", "security"), Able("c", 1, "security", "review", "x"), Able("b", 1, "review", "security"), Able("aa", 1, "review"));

        new Life(Spec with { Steps = [step] }) { Surroundings = ns }.Turn()["review"].Target!.Agent.ShouldBe("b");

        ns.Agents.Clear();
        new Life(Spec with { Steps = [step] }) { Surroundings = ns }.Turn()["review"].Waiting!.Message.ShouldBe("no Agent of this namespace has all of the capabilities review, security");
    }

    [Theory]
    [InlineData("scan", "Agent reviewer has no skill scan; it has analyze, fix")]
    [InlineData(null, "Agent reviewer has the skills analyze, fix: name one in agent.skill")]
    public void A_skill_that_is_not_there_is_named_with_those_that_are(string? skill, string message)
    {
        FakeNamespace ns = new(FakeNamespace.Agent("reviewer", 1, "analyze", "fix"));

        new Life(Spec with { Steps = [Review with { Agent = Review.Agent! with { Skill = skill } }] }) { Surroundings = ns }.Turn()["review"].Waiting!.Message.ShouldBe(message);
    }

    [Fact]
    public void Input_keeps_the_types_of_values_and_reaches_the_pod_as_it_is()
    {
        Life life = new Life(Spec) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn();

        Job job = life.BuildJob(new StepPodOptions { RuntimeImage = "runtime:1" });

        StepTask task = JsonSerializer.Deserialize(job.Spec!.Template.Metadata!.Annotations![Labels.Task], RuntimeJsonContext.Default.StepTask)!;
        task.Input.GetRawText().ShouldBe("""{"pr":4711,"title":"PR 4711 of it\u0027s \u0022x\u0022 $(HOME)","deep":[{"repo":"it\u0027s \u0022x\u0022 $(HOME)"}]}""");
        task.Url.ShouldBe("http://reviewer.n.svc:8080");
        task.Skill.ShouldBe("analyze");
        task.Outputs.Single().Name.ShouldBe("issues");
    }

    [Fact]
    public void A_pod_of_our_runtime_is_restricted_and_holds_no_token_of_the_cluster()
    {
        PodSpec pod = new Life(Spec) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn()
            .BuildJob(new StepPodOptions { RuntimeImage = "runtime:1", Channel = new("https://op:8443", "PEM") }).Spec!.Template.Spec;

        pod.AutomountServiceAccountToken.ShouldBe(false);
        pod.SecurityContext!.RunAsNonRoot.ShouldBe(true);
        pod.SecurityContext.SeccompProfile!.Type.ShouldBe("RuntimeDefault");
        Container main = pod.Containers.Single();
        main.Name.ShouldBe("main");
        main.SecurityContext!.ReadOnlyRootFilesystem.ShouldBe(true);
        main.SecurityContext.Capabilities!.Drop.ShouldBe(["ALL"]);
        main.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
        main.Args.ShouldBe(["step"]);
        pod.Volumes!.Single(static volume => volume.Projected is not null).Projected!.Sources!.Single().ServiceAccountToken!.Audience.ShouldBe(RuntimeFiles.TokenAudience);
        main.Env!.Single(static variable => variable.Name == RuntimeFiles.ResultsUrlVariable).Value.ShouldStartWith("https://op:8443/v1/namespaces/n/workflows/w/attempts/");
    }

    [Fact]
    public void A_large_posted_result_is_referred_to_and_what_needs_it_gets_it_whole()
    {
        string large = new('x', 5000);
        WorkflowStep next = Life.Step("next", "review") with { Container = new ContainerStep { Image = "i:1", Args = ["{{ steps.review.outputs.issues }}"] } };
        Life life = new Life(Spec with { Steps = [Review with { Outputs = [.. Review.Outputs!, new StepOutput { Name = "small" }] }, next] }) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn();

        life.Post("review", $$$"""{"issues":["{{{large}}}"],"small":"s","$usage":{"requests":2,"inputTokens":10,"outputTokens":5,"costMicros":1500,"currency":"USD"}}""");

        life["review"].Outputs!.Keys.ShouldBe(["small"]);
        OutputReference reference = life["review"].References!["issues"];
        reference.ConfigMap.ShouldBe(PostedResult.NameOf(life["review"].Job!));
        reference.Bytes.ShouldBe(5004);
        reference.Sha256.ShouldBe(OutputSpill.Digest(Json($"[\"{large}\"]")));
        life["review"].Message.ShouldBeNull();
        life["review"].Usage.ShouldBe(new StepUsage { Requests = 2, InputTokens = 10, OutputTokens = 5, CostMicros = 1500, Currency = "USD" });
        life.Status.Cost.ShouldBe("0.0015 USD");
        life["next"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void Usage_of_failed_attempts_counts_too()
    {
        Life life = new Life(Spec with { Steps = [Review with { Retry = new RetryPolicy { Limit = 1 } }] }) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn();
        const string usage = "\"$usage\":{\"requests\":1,\"inputTokens\":7,\"outputTokens\":1,\"costMicros\":1000000,\"currency\":\"USD\"}";

        life.See("review", new AttemptObservation { State = AttemptState.Failed, Pod = new PodObservation { ExitCode = 1, TerminationMessage = "no" }, Posted = new PostedResult("m", $"{{\"$error\":\"no\",{usage}}}") });
        life.Post("review", $"{{\"issues\":[],{usage}}}");

        life["review"].Usage!.Requests.ShouldBe(2);
        life.Status.Cost.ShouldBe("2.00 USD");
    }

    [Fact]
    public void A_result_that_was_brought_counts_whatever_becomes_of_the_pod()
    {
        Life life = new Life(Spec) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn();

        life.See("review", new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded", Posted = new PostedResult("m", """{"issues":[]}""") });

        life["review"].Phase.ShouldBe(StepPhases.Succeeded);
    }

    [Fact]
    public void What_is_of_no_use_to_try_again_is_not()
    {
        Life life = new Life(Spec with { Steps = [Review with { Retry = new RetryPolicy { Limit = 3 } }] }) { Surroundings = new FakeNamespace(FakeNamespace.Agent("reviewer", 1, "analyze")) }.Turn();

        life.Fail("review", RuntimeFiles.UselessToRetry)["review"].Phase.ShouldBe(StepPhases.Failed);
    }

    [Fact]
    public void Nothing_starts_that_could_not_bring_its_result()
    {
        FakeNamespace ns = new(FakeNamespace.Agent("reviewer", 1, "analyze")) { ChannelProblem = "the port is taken" };
        Life life = new Life(Spec with { Steps = [Review, Life.Step("plain")] }) { Surroundings = ns }.Turn();

        life["plain"].Phase.ShouldBe(StepPhases.Starting);
        life["review"].Waiting!.Message.ShouldBe("the operator's channel for results is not open: the port is taken");
        life.Decision.WakeAt.ShouldNotBeNull();

        ns.ChannelProblem = null;
        life.Turn()["review"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Theory]
    [InlineData("sha256:r", StepPhases.Succeeded)]
    [InlineData("sha256:s", StepPhases.Starting)]
    public void A_rerun_takes_a_result_over_only_from_the_same_revision_of_the_agent(string revision, string phase)
    {
        FakeNamespace ns = new(FakeNamespace.Agent("reviewer", 1, "analyze"));
        WorkflowStep last = Life.Step("last", "review");
        Life life = new Life(Spec with { Steps = [Review, last] }) { Surroundings = ns }.Turn().Post("review", """{"issues":[]}""").Fail("last");
        ns.Agents[0] = ns.Agents[0] with { Status = ns.Agents[0].Status! with { Revision = revision } };

        life.Annotate(RequestAnnotations.Rerun, "1/failed");

        life["review"].Phase.ShouldBe(phase);
    }

    [Fact]
    public void Prompt_steps_are_resolved_to_one_revision()
    {
        PromptTemplate prompt = new()
        {
            Metadata = new ObjectMeta { Name = "p", Namespace = "n" },
            Spec = new PromptTemplateSpec { Template = new PromptText { Messages = [new PromptMessage { Role = "user", Content = "x" }] } },
            Status = new PromptTemplateStatus { Stable = "2", Revisions = [new PromptRevision { Number = 3, Digest = "sha256:3", Object = "p-3" }, new PromptRevision { Number = 2, Digest = "sha256:2", Object = "p-2", Valid = true }] },
        };
        Life At(string? version)
        {
            WorkflowStep ask = new() { Name = "ask", Prompt = new PromptStep { Template = new PromptReference { Name = "p", Version = version }, Models = [] } };
            return new Life(ask) { Surroundings = new FakeNamespace { Prompts = { prompt } } }.Turn();
        }

        At(null)["ask"].Target.ShouldBe(new StepTarget { Prompt = "p@2", PromptDigest = "sha256:2", PromptRevision = "p-2" });
        At("sha256:2")["ask"].Target!.Prompt.ShouldBe("p@2");
        At("3")["ask"].Waiting!.Message.ShouldBe("revision 3 of PromptTemplate p is not valid: see its status.findings");
        At("9")["ask"].Waiting!.Message.ShouldBe("PromptTemplate p has no revision 9");
    }

    [Fact]
    public void A_reference_in_an_input_is_checked_before_anything_runs()
    {
        SpecProblem problem = SpecCheck.Problem(RunSpec.Of(Spec with { Steps = [Review with { Agent = Review.Agent! with { Input = Json("""{"a":{"b":["{{ steps.none.outputs.x }}"]}}""") } }] }))!;

        problem.Message.ShouldBe("spec.steps[review].agent.input.a.b[0]: {{ steps.none.outputs.x }} names a step that is not in this workflow");
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
