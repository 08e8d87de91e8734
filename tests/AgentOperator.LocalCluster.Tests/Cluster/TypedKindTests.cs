using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.AdmissionRegistration;
using AgentOperator.Kube.Models.ApiExtensions;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Authentication;
using AgentOperator.Kube.Models.Authorization;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;
using AgentOperator.Kube.Models.Rbac;
using AgentOperator.Tooling;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>A field that the server does not know is refused under strict validation, so a misspelt one fails here.</summary>
public sealed class TypedKindTests(ClusterFixture cluster) : IDisposable
{
    private static readonly LabelSelector Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "typed" } };

    private readonly string _folder = Directory.CreateTempSubdirectory("typed-kinds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Roles_and_bindings() => Task.WhenAll(
        KeptAsync(new Role { Metadata = Named("typed"), Rules = [new PolicyRule { ApiGroups = [""], Resources = ["pods/log"], ResourceNames = ["a"], Verbs = ["get"] }] }),
        KeptAsync(new ClusterRole { Metadata = Cluster("typed"), Rules = [new PolicyRule { NonResourceURLs = ["/metrics"], Verbs = ["get"] }] }),
        KeptAsync(new ClusterRole { Metadata = Cluster("typed-gathered"), AggregationRule = new AggregationRule { ClusterRoleSelectors = [Selector] } }),
        KeptAsync(new RoleBinding
        {
            Metadata = Named("typed"),
            Subjects = [new Subject { Kind = "ServiceAccount", Name = "default", Namespace = "default" }],
            RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "typed" },
        }),
        KeptAsync(new ClusterRoleBinding
        {
            Metadata = Cluster("typed"),
            Subjects = [new Subject { Kind = "Group", ApiGroup = "rbac.authorization.k8s.io", Name = "nobody" }],
            RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "typed" },
        }));

    [Fact]
    public Task Autoscalers() => KeptAsync(new HorizontalPodAutoscaler
    {
        Metadata = Named("typed"),
        Spec = new HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "typed" },
            MinReplicas = 1,
            MaxReplicas = 3,
            Metrics =
            [
                new MetricSpec { Type = "Resource", Resource = new ResourceMetricSource { Name = "cpu", Target = new MetricTarget { Type = "Utilization", AverageUtilization = 80 } } },
                new MetricSpec { Type = "Pods", Pods = new PodsMetricSource { Metric = new MetricIdentifier { Name = "in_flight", Selector = Selector }, Target = new MetricTarget { Type = "AverageValue", AverageValue = new Quantity("10") } } },
                new MetricSpec { Type = "External", External = new ExternalMetricSource { Metric = new MetricIdentifier { Name = "depth" }, Target = new MetricTarget { Type = "Value", Value = new Quantity("5") } } },
                new MetricSpec { Type = "ContainerResource", ContainerResource = new ContainerResourceMetricSource { Name = "cpu", Container = "main", Target = new MetricTarget { Type = "Utilization", AverageUtilization = 80 } } },
            ],
            Behavior = new HorizontalPodAutoscalerBehavior
            {
                ScaleUp = new ScalingRules { StabilizationWindowSeconds = 0, SelectPolicy = "Max", Policies = [new ScalingPolicy { Type = "Pods", Value = 2, PeriodSeconds = 60 }] },
                ScaleDown = new ScalingRules { StabilizationWindowSeconds = 300, SelectPolicy = "Min", Policies = [new ScalingPolicy { Type = "Percent", Value = 50, PeriodSeconds = 60 }] },
            },
        },
    });

    [Fact]
    public Task Network_policies() => KeptAsync(new NetworkPolicy
    {
        Metadata = Named("typed"),
        Spec = new NetworkPolicySpec
        {
            PodSelector = Selector,
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = [new NetworkPolicyIngressRule { From = [new NetworkPolicyPeer { NamespaceSelector = Selector, PodSelector = Selector }], Ports = [new NetworkPolicyPort { Protocol = "TCP", Port = "http" }] }],
            Egress = [new NetworkPolicyEgressRule { To = [new NetworkPolicyPeer { IpBlock = new IPBlock { Cidr = "0.0.0.0/0", Except = ["10.0.0.0/8"] } }], Ports = [new NetworkPolicyPort { Protocol = "TCP", Port = 1000, EndPort = 2000 }] }],
        },
    });

    [Fact]
    public Task Disruption_budgets() => KeptAsync(new PodDisruptionBudget
    {
        Metadata = Named("typed"),
        Spec = new PodDisruptionBudgetSpec { MaxUnavailable = 1, Selector = Selector, UnhealthyPodEvictionPolicy = "AlwaysAllow" },
    });

    [Fact]
    public Task Revisions() => KeptAsync(new ControllerRevision
    {
        Metadata = Named("typed"),
        Revision = 7,
        Data = JsonSerializer.Deserialize("""{"steps":[{"name":"a"}]}""", KubeJsonContext.Default.JsonElement),
    });

    [Fact]
    public Task Admission_policies() => Task.WhenAll(
        KeptAsync(new ValidatingAdmissionPolicy
        {
            Metadata = Cluster("typed.example.com"),
            Spec = new ValidatingAdmissionPolicySpec
            {
                FailurePolicy = "Ignore",
                MatchConstraints = new MatchResources
                {
                    MatchPolicy = "Exact",
                    NamespaceSelector = Selector,
                    ObjectSelector = Selector,
                    ResourceRules = [new NamedRuleWithOperations { ApiGroups = [""], ApiVersions = ["v1"], Operations = ["CREATE"], Resources = ["configmaps"], Scope = "Namespaced", ResourceNames = ["none"] }],
                },
                MatchConditions = [new MatchCondition { Name = "named", Expression = "has(object.metadata.name)" }],
                Variables = [new AdmissionVariable { Name = "n", Expression = "object.metadata.name" }],
                Validations = [new AdmissionValidation { Expression = "variables.n != 'x'", Message = "not x", MessageExpression = "'not ' + variables.n", Reason = "Invalid" }],
                AuditAnnotations = [new AuditAnnotation { Key = "name", ValueExpression = "variables.n" }],
            },
        }),
        KeptAsync(new ValidatingAdmissionPolicyBinding
        {
            Metadata = Cluster("typed"),
            Spec = new ValidatingAdmissionPolicyBindingSpec { PolicyName = "typed.example.com", ValidationActions = ["Deny"], MatchResources = new MatchResources { NamespaceSelector = Selector } },
        }));

    [Fact]
    public async Task A_custom_kind_tells_its_versions()
    {
        CustomResourceDefinition.Resource.Namespaced.ShouldBeFalse();
        string file = Path.Combine(_folder, "crd.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: typeds.example.com }
            spec:
              group: example.com
              scope: Cluster
              names: { kind: Typed, plural: typeds }
              versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
            """,
            TestContext.Current.CancellationToken);
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "-f", file);

        CustomResourceDefinition crd = await cluster.Client.Resource<CustomResourceDefinition>().GetAsync("typeds.example.com", TestContext.Current.CancellationToken);

        crd.Spec!.Names.Kind.ShouldBe("Typed");
        crd.Spec.Versions.ShouldHaveSingleItem().ShouldBe(new CustomResourceDefinitionVersion { Name = "v1", Served = true, Storage = true });
    }

    [Fact]
    public async Task Webhooks_can_be_found()
    {
        string file = Path.Combine(_folder, "webhook.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: { name: typed }
            webhooks:
            - name: typed.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              failurePolicy: Ignore
              namespaceSelector: { matchLabels: { app: typed } }
              clientConfig: { service: { namespace: default, name: none, path: /mutate, port: 443 } }
              rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [nodes] }]
            """,
            TestContext.Current.CancellationToken);
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "-f", file);

        MutatingWebhookConfiguration read = await cluster.Client.Resource<MutatingWebhookConfiguration>().GetAsync("typed", TestContext.Current.CancellationToken);

        AdmissionWebhook webhook = read.Webhooks.ShouldHaveSingleItem();
        webhook.ClientConfig!.Service.ShouldBe(new ServiceReference { Namespace = "default", Name = "none", Path = "/mutate", Port = 443 });
        webhook.NamespaceSelector!.MatchLabels!["app"].ShouldBe("typed");
        webhook.FailurePolicy.ShouldBe("Ignore");
    }

    [Fact]
    public async Task Who_am_i_and_what_may_i()
    {
        SelfSubjectReview self = await cluster.Client.Resource<SelfSubjectReview>().CreateAsync(new SelfSubjectReview { Metadata = new ObjectMeta() }, TestContext.Current.CancellationToken);
        self.Status!.UserInfo!.Groups!.ShouldContain("system:masters");

        SelfSubjectAccessReview mine = await cluster.Client.Resource<SelfSubjectAccessReview>().CreateAsync(
            new SelfSubjectAccessReview { Metadata = new ObjectMeta(), Spec = new SelfSubjectAccessReviewSpec { ResourceAttributes = new ResourceAttributes { Verb = "delete", Resource = "pods", Subresource = "log", Group = "", Namespace = "default" } } },
            TestContext.Current.CancellationToken);
        mine.Status!.Allowed.ShouldBeTrue();

        SubjectAccessReview theirs = await cluster.Client.Resource<SubjectAccessReview>().CreateAsync(
            new SubjectAccessReview { Metadata = new ObjectMeta(), Spec = new SubjectAccessReviewSpec { User = "nobody", Groups = ["strangers"], NonResourceAttributes = new NonResourceAttributes { Path = "/metrics", Verb = "get" } } },
            TestContext.Current.CancellationToken);
        theirs.Status!.Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Whose_token_is_this()
    {
        string token = (await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "token", "default", "-n", "default", "--audience", "https://typed.example.com")).Trim();

        TokenReview good = await ReviewAsync(token, "https://typed.example.com");
        good.Status!.Authenticated.ShouldBe(true);
        good.Status.User!.Username.ShouldBe("system:serviceaccount:default:default");
        good.Status.Audiences.ShouldBe(["https://typed.example.com"]);

        TokenReview elsewhere = await ReviewAsync(token, "https://other.example.com");
        (elsewhere.Status!.Authenticated ?? false).ShouldBeFalse();
    }

    private Kubectl Kubectl => new(Path.Combine(cluster.Cluster.AssetsFolder, "kubectl"), cluster.Cluster.KubeConfigPath);

    private static ObjectMeta Named(string name) => new() { Name = name, Namespace = "default" };

    private static ObjectMeta Cluster(string name) => new() { Name = name };

    private Task<TokenReview> ReviewAsync(string token, string audience) => cluster.Client.Resource<TokenReview>().CreateAsync(
        new TokenReview { Metadata = new ObjectMeta(), Spec = new TokenReviewSpec { Token = token, Audiences = [audience] } },
        TestContext.Current.CancellationToken);

    /// <summary>Writes the object under strict validation, reads it back, and expects every field that was written.</summary>
    private async Task KeptAsync<T>(T item)
        where T : class, IKubernetesObject<T>
    {
        JsonNode written = JsonSerializer.SerializeToNode(item, T.JsonTypeInfo)!;
        string file = Path.Combine(_folder, $"{item.Kind}-{item.Metadata.Name}.json");
        await File.WriteAllTextAsync(file, written.ToJsonString(), TestContext.Current.CancellationToken);
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "--validate=strict", "-f", file);

        T read = await cluster.Client.Resource<T>(item.Metadata.Namespace).GetAsync(item.Metadata.Name!, TestContext.Current.CancellationToken);

        JsonSubset.Missing(written, JsonSerializer.SerializeToNode(read, T.JsonTypeInfo)).ShouldBeEmpty();
    }
}
