namespace AgentOperator.EndToEnd.Agents;

/// <summary>What Dapr's chart leaves in a cluster, with an injector that takes no pod.</summary>
internal static class DaprYaml
{
    public const string SidecarImage = "ghcr.io/dapr/daprd:1.18.3";

    /// <summary>The kinds alone.</summary>
    public static string Definitions { get; } = string.Join(
        "---\n",
        Definition("Component", "components", "v1alpha1"),
        Definition("Configuration", "configurations", "v1alpha1"),
        Definition("Resiliency", "resiliencies", "v1alpha1"),
        Definition("Subscription", "subscriptions", "v2alpha1"));

    public static string Installed { get; } = string.Join(
        "---\n",
        Definitions,
        $$"""
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: { name: dapr-sidecar-injector }
        webhooks:
        - name: sidecar-injector.dapr.io
          admissionReviewVersions: [v1]
          sideEffects: None
          failurePolicy: Ignore
          clientConfig: { service: { namespace: dapr-system, name: dapr-sidecar-injector, path: /mutate } }
          objectSelector: { matchLabels: { no: pod } }
          rules: [{ apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE] }]
        ---
        apiVersion: v1
        kind: Namespace
        metadata: { name: dapr-system }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: dapr-sidecar-injector, namespace: dapr-system }
        spec:
          replicas: 1
          selector: { matchLabels: { app: dapr-sidecar-injector } }
          template:
            metadata: { labels: { app: dapr-sidecar-injector } }
            spec:
              containers:
              - { name: injector, image: "agent-operator/samples:0.1", command: [sleep, infinity], env: [{ name: SIDECAR_IMAGE, value: "{{SidecarImage}}" }] }
        """);

    private static string Definition(string kind, string plural, string version) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: {{plural}}.dapr.io }
        spec:
          group: dapr.io
          scope: Namespaced
          names: { kind: {{kind}}, plural: {{plural}} }
          versions: [{ name: {{version}}, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }]

        """;
}
