package kinds

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	eventsv1 "k8s.io/api/events/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apiserver/pkg/registry/rest"

	"agentoperator.dev/controlplane/internal/validate"
)

var all = []string{"all"}

// eventTTL is how long an Event is kept, as by default in a real cluster: 1 h.
const eventTTL = 3600

// Catalog lists the built-in kinds. A group's first version is its preferred one.
var Catalog = []Kind{
	// core
	define[corev1.Namespace, corev1.NamespaceList](corev1.SchemeGroupVersion, "namespaces", traits{
		short: []string{"ns"}, clusterScoped: true, hasStatus: true, names: validation.ValidateNamespaceName,
		fields: namespaceFields, columns: namespaceColumns,
		prepareCreate: prepareNamespace, prepareUpdate: keepNamespaceFinalizers, removable: namespaceEmptied, extend: extendNamespaces,
	}),
	define[corev1.Node, corev1.NodeList](corev1.SchemeGroupVersion, "nodes", traits{
		short: []string{"no"}, clusterScoped: true, hasStatus: true, statusOnCreate: true,
		fields: nodeFields, columns: nodeColumns,
	}),
	define[corev1.Pod, corev1.PodList](corev1.SchemeGroupVersion, "pods", traits{
		short: []string{"po"}, categories: all, hasStatus: true, hasGeneration: true,
		fields: podFields, columns: podColumns, prepareCreate: preparePod, deletion: podDeletion, extend: extendPods,
		validate: checks(validate.Pod), validateUpdate: checksChange(validate.PodUpdate), validateStatus: checksChange(validate.PodStatusUpdate), prepareStatus: keepQOSClass,
	}),
	define[corev1.Service, corev1.ServiceList](corev1.SchemeGroupVersion, "services", traits{
		short: []string{"svc"}, categories: all, hasStatus: true, createOnUpdate: true, names: validation.NameIsDNS1035Label,
		fields: serviceFields, columns: serviceColumns,
		prepareCreate: prepareService, prepareUpdate: prepareServiceUpdate,
		validate: checks(validate.Service), validateUpdate: checksChange(validate.ServiceUpdate),
	}),
	define[corev1.Endpoints, corev1.EndpointsList](corev1.SchemeGroupVersion, "endpoints", traits{
		short: []string{"ep"}, createOnUpdate: true, columns: endpointsColumns,
	}),
	define[corev1.ConfigMap, corev1.ConfigMapList](corev1.SchemeGroupVersion, "configmaps", traits{
		short: []string{"cm"}, columns: configMapColumns, validate: checks(validate.ConfigMap), validateUpdate: checksChange(validate.ConfigMapUpdate),
	}),
	define[corev1.Secret, corev1.SecretList](corev1.SchemeGroupVersion, "secrets", traits{
		fields: secretFields, columns: secretColumns,
		prepareCreate: prepareSecret, prepareUpdate: prepareSecretUpdate,
		validate: checks(validate.Secret), validateUpdate: checksChange(validate.SecretUpdate),
	}),
	define[corev1.ServiceAccount, corev1.ServiceAccountList](corev1.SchemeGroupVersion, "serviceaccounts", traits{
		short: []string{"sa"}, columns: serviceAccountColumns, extend: extendServiceAccounts,
	}),
	define[corev1.Event, corev1.EventList](corev1.SchemeGroupVersion, "events", traits{
		short: []string{"ev"}, createOnUpdate: true, ttl: eventTTL, fields: eventFields, columns: eventColumns,
		// Its oldest clients name Events as they like.
		names: path.ValidatePathSegmentName, validate: checks(validate.CoreEvent),
	}),
	define[corev1.PersistentVolumeClaim, corev1.PersistentVolumeClaimList](corev1.SchemeGroupVersion, "persistentvolumeclaims", traits{
		short: []string{"pvc"}, hasStatus: true, columns: claimColumns, prepareCreate: prepareClaim,
	}),
	define[corev1.PersistentVolume, corev1.PersistentVolumeList](corev1.SchemeGroupVersion, "persistentvolumes", traits{
		short: []string{"pv"}, clusterScoped: true, hasStatus: true, columns: volumeColumns, prepareCreate: prepareVolume,
	}),
	define[corev1.ResourceQuota, corev1.ResourceQuotaList](corev1.SchemeGroupVersion, "resourcequotas", traits{
		short: []string{"quota"}, hasStatus: true,
		validate: checks(validate.ResourceQuota),
	}),
	define[corev1.LimitRange, corev1.LimitRangeList](corev1.SchemeGroupVersion, "limitranges", traits{
		short: []string{"limits"}, createOnUpdate: true,
	}),

	// workloads
	define[appsv1.Deployment, appsv1.DeploymentList](appsv1.SchemeGroupVersion, "deployments", traits{
		short: []string{"deploy"}, categories: all, hasStatus: true, hasGeneration: true, columns: deploymentColumns,
		deletion: defaultPropagation(rest.DeleteDependents), extend: extendScale(deploymentScale),
		validate: checks(validate.Deployment), validateUpdate: checksChange(validate.DeploymentUpdate), validateStatus: checksChange(validate.DeploymentStatusUpdate),
	}),
	define[appsv1.ReplicaSet, appsv1.ReplicaSetList](appsv1.SchemeGroupVersion, "replicasets", traits{
		short: []string{"rs"}, categories: all, hasStatus: true, hasGeneration: true, fields: replicaSetFields, columns: replicaSetColumns,
		deletion: defaultPropagation(rest.DeleteDependents), extend: extendScale(replicaSetScale),
		validate: checks(validate.ReplicaSet), validateUpdate: checksChange(validate.ReplicaSetUpdate), validateStatus: checksChange(validate.ReplicaSetStatusUpdate),
	}),
	define[appsv1.StatefulSet, appsv1.StatefulSetList](appsv1.SchemeGroupVersion, "statefulsets", traits{
		short: []string{"sts"}, categories: all, hasStatus: true, hasGeneration: true, columns: statefulSetColumns,
		deletion: defaultPropagation(rest.DeleteDependents), extend: extendScale(statefulSetScale),
	}),
	define[appsv1.DaemonSet, appsv1.DaemonSetList](appsv1.SchemeGroupVersion, "daemonsets", traits{
		short: []string{"ds"}, categories: all, hasStatus: true, hasGeneration: true, columns: daemonSetColumns,
		deletion: defaultPropagation(rest.DeleteDependents),
	}),
	define[appsv1.ControllerRevision, appsv1.ControllerRevisionList](appsv1.SchemeGroupVersion, "controllerrevisions", traits{
		columns: revisionColumns, validate: checks(validate.ControllerRevision), validateUpdate: checksChange(validate.ControllerRevisionUpdate),
	}),
	define[batchv1.Job, batchv1.JobList](batchv1.SchemeGroupVersion, "jobs", traits{
		categories: all, hasStatus: true, hasGeneration: true, fields: jobFields, columns: jobColumns, prepareCreate: prepareJob,
		// batch/v1 promises to its oldest clients that deleting a Job leaves its Pods.
		deletion: defaultPropagation(rest.OrphanDependents), extend: extendJobs,
		validate: checks(validate.Job), validateUpdate: checksChange(validate.JobUpdate), validateStatus: checksChange(validate.JobStatusUpdate),
	}),
	define[batchv1.CronJob, batchv1.CronJobList](batchv1.SchemeGroupVersion, "cronjobs", traits{
		short: []string{"cj"}, categories: all, hasStatus: true, hasGeneration: true, columns: cronJobColumns,
		deletion: defaultPropagation(rest.DeleteDependents),
	}),
	define[autoscalingv2.HorizontalPodAutoscaler, autoscalingv2.HorizontalPodAutoscalerList](autoscalingv2.SchemeGroupVersion, "horizontalpodautoscalers", traits{
		short: []string{"hpa"}, categories: all, hasStatus: true, columns: autoscalerColumns,
		validate: checks(validate.Autoscaler),
	}),
	define[policyv1.PodDisruptionBudget, policyv1.PodDisruptionBudgetList](policyv1.SchemeGroupVersion, "poddisruptionbudgets", traits{
		short: []string{"pdb"}, hasStatus: true, hasGeneration: true, needsVersion: true, columns: budgetColumns,
		validate: checks(validate.DisruptionBudget),
	}),
	define[schedulingv1.PriorityClass, schedulingv1.PriorityClassList](schedulingv1.SchemeGroupVersion, "priorityclasses", traits{
		short: []string{"pc"}, clusterScoped: true, hasGeneration: true, columns: priorityColumns,
	}),

	// coordination, network, storage, events
	define[coordinationv1.Lease, coordinationv1.LeaseList](coordinationv1.SchemeGroupVersion, "leases", traits{
		createOnUpdate: true, needsVersion: true, columns: leaseColumns,
		validate: checks(validate.Lease),
	}),
	define[discoveryv1.EndpointSlice, discoveryv1.EndpointSliceList](discoveryv1.SchemeGroupVersion, "endpointslices", traits{
		hasGeneration: true, columns: endpointSliceColumns,
		validate: checks(validate.EndpointSlice), validateUpdate: checksChange(validate.EndpointSliceUpdate),
	}),
	define[networkingv1.NetworkPolicy, networkingv1.NetworkPolicyList](networkingv1.SchemeGroupVersion, "networkpolicies", traits{
		short: []string{"netpol"}, hasGeneration: true, columns: networkPolicyColumns,
		validate: checks(validate.NetworkPolicy),
	}),
	define[networkingv1.Ingress, networkingv1.IngressList](networkingv1.SchemeGroupVersion, "ingresses", traits{
		short: []string{"ing"}, hasStatus: true, hasGeneration: true, columns: ingressColumns,
	}),
	define[storagev1.StorageClass, storagev1.StorageClassList](storagev1.SchemeGroupVersion, "storageclasses", traits{
		short: []string{"sc"}, clusterScoped: true,
	}),
	// The same objects as core's Events, of core's Go type; events.go converts.
	define[corev1.Event, corev1.EventList](eventsv1.SchemeGroupVersion, "events", traits{
		short: []string{"ev"}, createOnUpdate: true, ttl: eventTTL, fields: eventFields, columns: eventColumns,
		validate: checks(validate.Event), validateUpdate: checksChange(validate.EventUpdate),
	}),

	// access control
	define[rbacv1.Role, rbacv1.RoleList](rbacv1.SchemeGroupVersion, "roles", traits{
		createOnUpdate: true, names: path.ValidatePathSegmentName, columns: createdAtColumns, extend: extendAccess,
		validate: checks(validate.Role),
	}),
	define[rbacv1.RoleBinding, rbacv1.RoleBindingList](rbacv1.SchemeGroupVersion, "rolebindings", traits{
		createOnUpdate: true, names: path.ValidatePathSegmentName, columns: roleBindingColumns,
		validate: checks(validate.RoleBinding), validateUpdate: checksChange(validate.RoleBindingUpdate), extend: extendAccess,
	}),
	define[rbacv1.ClusterRole, rbacv1.ClusterRoleList](rbacv1.SchemeGroupVersion, "clusterroles", traits{
		clusterScoped: true, createOnUpdate: true, names: path.ValidatePathSegmentName, columns: createdAtColumns, extend: extendAccess,
		validate: checks(validate.ClusterRole),
	}),
	define[rbacv1.ClusterRoleBinding, rbacv1.ClusterRoleBindingList](rbacv1.SchemeGroupVersion, "clusterrolebindings", traits{
		clusterScoped: true, createOnUpdate: true, names: path.ValidatePathSegmentName, columns: clusterRoleBindingColumns,
		validate: checks(validate.ClusterRoleBinding), validateUpdate: checksChange(validate.ClusterRoleBindingUpdate), extend: extendAccess,
	}),

	// admission
	define[admissionv1.ValidatingWebhookConfiguration, admissionv1.ValidatingWebhookConfigurationList](admissionv1.SchemeGroupVersion, "validatingwebhookconfigurations", traits{
		clusterScoped: true, hasGeneration: true, needsVersion: true, columns: validatingWebhookColumns,
	}),
	define[admissionv1.MutatingWebhookConfiguration, admissionv1.MutatingWebhookConfigurationList](admissionv1.SchemeGroupVersion, "mutatingwebhookconfigurations", traits{
		clusterScoped: true, hasGeneration: true, needsVersion: true, columns: mutatingWebhookColumns,
	}),
	define[admissionv1.ValidatingAdmissionPolicy, admissionv1.ValidatingAdmissionPolicyList](admissionv1.SchemeGroupVersion, "validatingadmissionpolicies", traits{
		clusterScoped: true, hasStatus: true, hasGeneration: true, needsVersion: true,
	}),
	define[admissionv1.ValidatingAdmissionPolicyBinding, admissionv1.ValidatingAdmissionPolicyBindingList](admissionv1.SchemeGroupVersion, "validatingadmissionpolicybindings", traits{
		clusterScoped: true, hasGeneration: true, needsVersion: true,
	}),
	define[admissionv1.MutatingAdmissionPolicy, admissionv1.MutatingAdmissionPolicyList](admissionv1.SchemeGroupVersion, "mutatingadmissionpolicies", traits{
		clusterScoped: true, hasGeneration: true, needsVersion: true,
	}),
	define[admissionv1.MutatingAdmissionPolicyBinding, admissionv1.MutatingAdmissionPolicyBindingList](admissionv1.SchemeGroupVersion, "mutatingadmissionpolicybindings", traits{
		clusterScoped: true, hasGeneration: true, needsVersion: true,
	}),
}
