package kinds

import (
	"context"

	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
)

// prepareJob gives a Job the selector that only the API server can make: it
// holds the uid.
func prepareJob(_ context.Context, object runtime.Object) {
	job := object.(*batchv1.Job)
	if job.Spec.ManualSelector != nil && *job.Spec.ManualSelector {
		return
	}
	template := &job.Spec.Template.ObjectMeta
	if template.Labels == nil {
		template.Labels = map[string]string{}
	}
	uid := string(job.UID)
	for label, value := range map[string]string{
		batchv1.ControllerUidLabel: uid, batchv1.JobNameLabel: job.Name,
		"controller-uid": uid, "job-name": job.Name, // what older clients select by
	} {
		if _, set := template.Labels[label]; !set {
			template.Labels[label] = value
		}
	}
	if job.Spec.Selector == nil {
		job.Spec.Selector = &metav1.LabelSelector{}
	}
	if job.Spec.Selector.MatchLabels == nil {
		job.Spec.Selector.MatchLabels = map[string]string{}
	}
	if _, set := job.Spec.Selector.MatchLabels[batchv1.ControllerUidLabel]; !set {
		job.Spec.Selector.MatchLabels[batchv1.ControllerUidLabel] = uid
	}
}

// jobREST warns whoever deletes a Job without saying what becomes of its Pods.
type jobREST struct{ mainREST }

func extendJobs(s *resourceStorage) { s.main = jobREST{mainREST{s.store, s.kind}} }

func (r jobREST) Delete(ctx context.Context, name string, validate rest.ValidateObjectFunc, options *metav1.DeleteOptions) (runtime.Object, bool, error) {
	//nolint:staticcheck // OrphanDependents is deprecated, and still a way to say it.
	if options != nil && options.PropagationPolicy == nil && options.OrphanDependents == nil {
		warning.AddWarning(ctx, "", "child pods are preserved by default when jobs are deleted; "+
			"set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning")
	}
	return r.mainREST.Delete(ctx, name, validate, options)
}
