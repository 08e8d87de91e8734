using System.Text.Json;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.AdmissionRegistration;

namespace AgentOperator.Tests.Approvals;

/// <summary>A policy that is there and lets some pass is as none.</summary>
public sealed class PolicyCheckTests
{
    private const string Name = "agentoperator-approvals";

    private static readonly LabelSelector Some = new() { MatchLabels = new Dictionary<string, string> { ["watched"] = "yes" } };

    private static readonly ValidatingAdmissionPolicySpec Rules = new()
    {
        FailurePolicy = "Fail",
        MatchConstraints = new MatchResources { NamespaceSelector = new LabelSelector(), ObjectSelector = new LabelSelector(), ResourceRules = [new NamedRuleWithOperations { Scope = "*" }], MatchPolicy = "Equivalent" },
        Validations = [new AdmissionValidation { Expression = "false" }],
    };

    private static readonly ValidatingAdmissionPolicyBindingSpec Bound = new() { PolicyName = Name, ValidationActions = ["Deny", "Audit"] };

    [Fact]
    public void What_ships_with_the_defaults_of_the_API_server_is_well() => Problem(Rules, Bound).ShouldBeNull();

    [Fact]
    public void A_policy_with_an_exemption_is_not()
    {
        MatchResources match = Rules.MatchConstraints!;

        Problem(Rules with { FailurePolicy = "Ignore" }, Bound).ShouldBe("failurePolicy is not Fail");
        Problem(Rules with { Validations = null }, Bound).ShouldBe("there are no validations");
        Problem(Rules with { MatchConditions = [new MatchCondition { Name = "not-mallory", Expression = "request.userInfo.username != 'mallory'" }] }, Bound).ShouldBe("it has matchConditions");
        Problem(Rules with { ParamKind = JsonElement.Parse("{}") }, Bound).ShouldBe("it has parameters");
        Problem(Rules with { MatchConstraints = null }, Bound).ShouldBe("it has no matchConstraints");
        Problem(Rules with { MatchConstraints = match with { NamespaceSelector = Some } }, Bound).ShouldBe("it has a namespaceSelector");
        Problem(Rules with { MatchConstraints = match with { ObjectSelector = Some } }, Bound).ShouldBe("it has an objectSelector");
        Problem(Rules with { MatchConstraints = match with { ExcludeResourceRules = [new NamedRuleWithOperations()] } }, Bound).ShouldBe("it has excludeResourceRules");
        Problem(Rules with { MatchConstraints = match with { ResourceRules = [new NamedRuleWithOperations { ResourceNames = ["a"] }] } }, Bound).ShouldBe("it is limited to some objects");
    }

    [Fact]
    public void Nor_is_one_that_is_bound_to_some()
    {
        Problem(Rules, null).ShouldBe("the binding is of another policy");
        Problem(Rules, Bound with { PolicyName = "other" }).ShouldBe("the binding is of another policy");
        Problem(Rules, Bound with { ValidationActions = ["Warn", "Audit"] }).ShouldBe("the binding does not deny");
        Problem(Rules, Bound with { ParamRef = JsonElement.Parse("""{"name":"p","parameterNotFoundAction":"Allow"}""") }).ShouldBe("it has parameters");
        Problem(Rules, Bound with { MatchResources = new MatchResources { NamespaceSelector = Some } }).ShouldBe("the binding has matchResources");
        Problem(Rules, Bound with { MatchResources = new MatchResources { ExcludeResourceRules = [new NamedRuleWithOperations()] } }).ShouldBe("the binding has matchResources");
    }

    private static string? Problem(ValidatingAdmissionPolicySpec rules, ValidatingAdmissionPolicyBindingSpec? bound) => PolicyCheck.Problem(
        new ValidatingAdmissionPolicy { Metadata = new ObjectMeta { Name = Name }, Spec = rules },
        new ValidatingAdmissionPolicyBinding { Metadata = new ObjectMeta { Name = Name }, Spec = bound });
}
