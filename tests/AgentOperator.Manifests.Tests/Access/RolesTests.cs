using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Access;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Tests.Access;

public sealed class RolesTests
{
    private static readonly ResourceDefinition[] Kinds = [new("example.dev", "v1", "things", "Thing"), new("example.dev", "v1", "others", "Other")];

    [Theory]
    [InlineData("cluster-role-binding.yaml", "cluster-role.yaml")]
    [InlineData("role-binding.yaml", "role.yaml")]
    public void ABindingNamesTheRoleAndTheAccount(string bindingFile, string roleFile)
    {
        IReadOnlyList<GeneratedFile> files = OperatorRole.Write([new AccessRule("", "pods", ["list"])]);
        JsonNode binding = Parse(files, bindingFile);
        JsonNode role = Parse(files, roleFile);

        binding["roleRef"]!["kind"]!.GetValue<string>().ShouldBe(role["kind"]!.GetValue<string>());
        binding["roleRef"]!["name"]!.GetValue<string>().ShouldBe(Name(role));
        binding["metadata"]!["namespace"]?.GetValue<string>().ShouldBe(role["metadata"]!["namespace"]?.GetValue<string>());
        binding["subjects"]![0]!["name"]!.GetValue<string>().ShouldBe(Name(Parse(files, "service-account.yaml")));
        binding["subjects"]![0]!["namespace"]!.GetValue<string>().ShouldBe(Name(Parse(files, "namespace.yaml")));
        Parse(files, "service-account.yaml")["metadata"]!["namespace"]!.GetValue<string>().ShouldBe(Name(Parse(files, "namespace.yaml")));
    }

    [Fact]
    public void TheNamespaceIsAppliedBeforeWhatLiesInIt() =>
        // kubectl apply -f FOLDER goes by name.
        OperatorRole.Write([]).Where(file => YamlJson.Parse(file.Text)!["metadata"]!["namespace"] is not null)
            .ShouldAllBe(file => string.CompareOrdinal("namespace.yaml", file.Name) < 0);

    [Fact]
    public void ARoleHasItsRulesAndNoMore()
    {
        IReadOnlyList<GeneratedFile> files = OperatorRole.Write(
            [new AccessRule("", "pods", ["list", "watch"]), new AccessRule("", "secrets", ["get"]) { InOwnNamespace = true }]);

        Parse(files, "cluster-role.yaml")["rules"]!.ToJsonString().ShouldBe("""[{"apiGroups":[""],"resources":["pods"],"verbs":["list","watch"]}]""");
        Parse(files, "role.yaml")["rules"]!.ToJsonString().ShouldBe("""[{"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}]""");
    }

    [Theory]
    [InlineData("view", "view", "get list watch")]
    [InlineData("edit", "edit admin", "create delete deletecollection get list patch update watch")]
    [InlineData("admin", "admin", "create delete deletecollection get list patch update watch")]
    public void UserRolesJoinTheRolesOfTheCluster(string name, string wholes, string verbs)
    {
        JsonNode role = Parse(UserRoles.Of(Kinds), $"user-role-{name}.yaml");

        Name(role).ShouldBe($"agentoperator-{name}");
        role["metadata"]!["labels"]!.AsObject().Where(label => label.Key.Contains("aggregate", StringComparison.Ordinal))
            .Select(label => (label.Key.Split("aggregate-to-")[1], label.Value!.GetValue<string>())).ShouldBe(wholes.Split(' ').Select(whole => (whole, "true")));
        role["rules"]!.AsArray().Select(rule => rule!["resources"]![0]!.GetValue<string>()).ShouldBe(["things", "others"]);
        role["rules"]![0]!["verbs"]!.AsArray().Select(verb => verb!.GetValue<string>()).ShouldBe(verbs.Split(' '));
    }

    private static string Name(JsonNode value) => value["metadata"]!["name"]!.GetValue<string>();

    private static JsonNode Parse(IReadOnlyList<GeneratedFile> files, string name) => YamlJson.Parse(files.Single(file => file.Name == name).Text)!;
}
