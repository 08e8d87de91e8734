using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>JSON contracts of the built-in kinds: absent fields stay absent, since an explicit null is an intent under server-side apply.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(Int32JsonConverter), typeof(Int64JsonConverter)])]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(Core.Binding))]
[JsonSerializable(typeof(Core.ConfigMap))]
[JsonSerializable(typeof(Core.Namespace))]
[JsonSerializable(typeof(Core.Node))]
[JsonSerializable(typeof(Core.Pod))]
[JsonSerializable(typeof(Core.Secret))]
[JsonSerializable(typeof(Core.Service))]
[JsonSerializable(typeof(Core.ServiceAccount))]
[JsonSerializable(typeof(Apps.ControllerRevision))]
[JsonSerializable(typeof(Apps.Deployment))]
[JsonSerializable(typeof(Apps.ReplicaSet))]
[JsonSerializable(typeof(Authentication.TokenRequest))]
[JsonSerializable(typeof(Batch.Job))]
[JsonSerializable(typeof(Coordination.Lease))]
[JsonSerializable(typeof(Discovery.EndpointSlice))]
[JsonSerializable(typeof(Events.Event))]
[JsonSerializable(typeof(ApiExtensions.CustomResourceDefinition))]
[JsonSerializable(typeof(Rbac.Role))]
[JsonSerializable(typeof(Rbac.ClusterRole))]
[JsonSerializable(typeof(Rbac.RoleBinding))]
[JsonSerializable(typeof(Rbac.ClusterRoleBinding))]
[JsonSerializable(typeof(Autoscaling.Scale))]
[JsonSerializable(typeof(Autoscaling.HorizontalPodAutoscaler))]
[JsonSerializable(typeof(Networking.NetworkPolicy))]
[JsonSerializable(typeof(Policy.PodDisruptionBudget))]
[JsonSerializable(typeof(AdmissionRegistration.MutatingWebhookConfiguration))]
[JsonSerializable(typeof(AdmissionRegistration.ValidatingWebhookConfiguration))]
[JsonSerializable(typeof(AdmissionRegistration.ValidatingAdmissionPolicy))]
[JsonSerializable(typeof(AdmissionRegistration.ValidatingAdmissionPolicyBinding))]
[JsonSerializable(typeof(Authentication.TokenReview))]
[JsonSerializable(typeof(Authentication.SelfSubjectReview))]
[JsonSerializable(typeof(Authorization.SubjectAccessReview))]
[JsonSerializable(typeof(Authorization.SelfSubjectAccessReview))]
public sealed partial class KubeJsonContext : JsonSerializerContext;
