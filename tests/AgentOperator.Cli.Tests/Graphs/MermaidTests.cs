using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Graphs;
using AgentOperator.Cli.Tests.Tree;

namespace AgentOperator.Cli.Tests.Graphs;

/// <summary>What <c>graph</c> prints.</summary>
public sealed class MermaidTests
{
    [Fact]
    public void Kinds_loops_undoing_finally_and_phases_are_drawn()
    {
        WorkflowStep[] steps =
        [
            new() { Name = "review", Agent = new AgentStep { Name = "re\"viewer" } },
            Sample.Step("fix", "review") with { When = "true", Next = new StepNext { Goto = "review", MaxVisits = 3 } },
            Sample.Step("end", "review") with { Compensate = new StepCompensation { Container = new ContainerStep { Image = "x" } } },
            new() { Name = "approve", Needs = ["end"], Approval = new ApprovalStep { Approvers = new Approvers { Users = ["alice"] }, Quorum = 2 } },
        ];
        WorkflowStatus status = new()
        {
            Steps =
            [
                new StepStatus { Name = "review", Phase = StepPhases.Succeeded },
                new StepStatus { Name = "fix", Phase = StepPhases.Running },
                new StepStatus { Name = "end", Phase = StepPhases.Succeeded },
                new StepStatus { Name = "approve", Phase = StepPhases.Waiting },
            ],
            Finally = [new StepStatus { Name = "notify", Phase = StepPhases.Pending }],
        };

        Mermaid.Of(Sample.Of("w", steps, status, [Sample.Step("notify")]), "LR").TrimEnd().ShouldBe("""
            flowchart LR
              s_review("review<br/>agent re#quot;viewer")
              s_fix{"fix"}
              s_end["end"]
              s_approve{{"approve<br/>2 approvals"}}
              s_review --> s_fix
              s_fix -. "up to 3 visits" .-> s_review
              s_review --> s_end
              s_end -. undo .-> s_end_undo(["undo end"])
              s_end --> s_approve
              subgraph finally
                s_notify["notify"]
              end
              s_fix -.-> finally
              s_approve -.-> finally
              classDef good fill:#dff5e1,stroke:#2e7d32,color:#1b1b1b
              class s_review,s_end good
              classDef busy fill:#e0ecfd,stroke:#1565c0,color:#1b1b1b
              class s_fix busy
              classDef held fill:#fff4d6,stroke:#b26a00,color:#1b1b1b
              class s_approve held
            """);
    }

    [Fact]
    public async Task A_file_is_drawn_without_a_cluster()
    {
        (int code, string output, _) = await CommandLine.RunAsync("apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: { name: w }\nspec: { steps: [{ name: a, container: { image: x } }, { name: b, needs: [a], container: { image: x } }] }", "graph", "-");

        code.ShouldBe(ExitCodes.Ok);
        output.ShouldBe("flowchart TD\n  s_a[\"a\"]\n  s_b[\"b\"]\n  s_a --> s_b\n");
    }

    [Theory]
    [InlineData("kind: Deployment\n", "there is no Workflow in -")]
    [InlineData("a: [", "-:2:1: this is not valid YAML")]
    [InlineData("apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nspec: 3\n", "kubectl agents lint - says why")]
    public async Task A_file_that_cannot_be_drawn_says_why(string text, string expected)
    {
        (int code, _, string error) = await CommandLine.RunAsync(text, "graph", "-");

        code.ShouldBe(ExitCodes.Failed);
        error.ShouldContain(expected);
    }
}
