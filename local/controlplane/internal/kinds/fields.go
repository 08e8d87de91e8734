package kinds

import (
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
)

// What field selectors can match, kind by kind, as in a real cluster.

func podFields(object runtime.Object) fields.Set {
	p := object.(*corev1.Pod)
	return fields.Set{
		"spec.nodeName":            p.Spec.NodeName,
		"spec.restartPolicy":       string(p.Spec.RestartPolicy),
		"spec.schedulerName":       p.Spec.SchedulerName,
		"spec.serviceAccountName":  p.Spec.ServiceAccountName,
		"spec.hostNetwork":         strconv.FormatBool(p.Spec.HostNetwork),
		"status.phase":             string(p.Status.Phase),
		"status.podIP":             p.Status.PodIP,
		"status.nominatedNodeName": p.Status.NominatedNodeName,
	}
}

func namespaceFields(object runtime.Object) fields.Set {
	n := object.(*corev1.Namespace)
	return fields.Set{"status.phase": string(n.Status.Phase), "name": n.Name}
}

func nodeFields(object runtime.Object) fields.Set {
	return fields.Set{"spec.unschedulable": strconv.FormatBool(object.(*corev1.Node).Spec.Unschedulable)}
}

func serviceFields(object runtime.Object) fields.Set {
	s := object.(*corev1.Service)
	return fields.Set{"spec.clusterIP": s.Spec.ClusterIP, "spec.type": string(s.Spec.Type)}
}

func secretFields(object runtime.Object) fields.Set {
	return fields.Set{"type": string(object.(*corev1.Secret).Type)}
}

func replicaSetFields(object runtime.Object) fields.Set {
	return fields.Set{"status.replicas": strconv.Itoa(int(object.(*appsv1.ReplicaSet).Status.Replicas))}
}

func jobFields(object runtime.Object) fields.Set {
	return fields.Set{"status.successful": strconv.Itoa(int(object.(*batchv1.Job).Status.Succeeded))}
}
