package kinds

import (
	corev1 "k8s.io/api/core/v1"
	eventsv1 "k8s.io/api/events/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
)

// registerEventConversions lets one stored Event be seen through both groups.
func registerEventConversions() {
	convert(func(in *eventsv1.Event, out *corev1.Event) {
		*out = corev1.Event{
			ObjectMeta: in.ObjectMeta, InvolvedObject: in.Regarding, Related: in.Related,
			Reason: in.Reason, Message: in.Note, Type: in.Type, Action: in.Action,
			Source:         in.DeprecatedSource,
			FirstTimestamp: in.DeprecatedFirstTimestamp, LastTimestamp: in.DeprecatedLastTimestamp, Count: in.DeprecatedCount,
			EventTime: in.EventTime, ReportingController: in.ReportingController, ReportingInstance: in.ReportingInstance,
		}
		if in.Series != nil {
			out.Series = &corev1.EventSeries{Count: in.Series.Count, LastObservedTime: in.Series.LastObservedTime}
		}
	})
	convert(func(in *corev1.Event, out *eventsv1.Event) {
		*out = eventsv1.Event{
			ObjectMeta: in.ObjectMeta, Regarding: in.InvolvedObject, Related: in.Related,
			Reason: in.Reason, Note: in.Message, Type: in.Type, Action: in.Action,
			DeprecatedSource:         in.Source,
			DeprecatedFirstTimestamp: in.FirstTimestamp, DeprecatedLastTimestamp: in.LastTimestamp, DeprecatedCount: in.Count,
			EventTime: in.EventTime, ReportingController: in.ReportingController, ReportingInstance: in.ReportingInstance,
		}
		if in.Series != nil {
			out.Series = &eventsv1.EventSeries{Count: in.Series.Count, LastObservedTime: in.Series.LastObservedTime}
		}
	})
	convert(func(in *eventsv1.EventList, out *corev1.EventList) {
		*out = corev1.EventList{ListMeta: in.ListMeta, Items: convertAll[eventsv1.Event, corev1.Event](in.Items)}
	})
	convert(func(in *corev1.EventList, out *eventsv1.EventList) {
		*out = eventsv1.EventList{ListMeta: in.ListMeta, Items: convertAll[corev1.Event, eventsv1.Event](in.Items)}
	})
}

func convert[In, Out any](fn func(in *In, out *Out)) {
	utilruntime.Must(Scheme.AddConversionFunc((*In)(nil), (*Out)(nil), func(in, out any, _ conversion.Scope) error {
		fn(in.(*In), out.(*Out))
		return nil
	}))
}

func convertAll[In, Out any](in []In) []Out {
	out := make([]Out, len(in))
	for i := range in {
		utilruntime.Must(Scheme.Convert(&in[i], &out[i], nil))
	}
	return out
}

func eventFields(object runtime.Object) fields.Set {
	e := object.(*corev1.Event)
	source := e.Source.Component
	if source == "" {
		source = e.ReportingController
	}
	set := fields.Set{
		"reason": e.Reason, "type": e.Type, "source": source,
		"reportingComponent": e.ReportingController, "reportingController": e.ReportingController,
	}
	// core calls the object involved, events.k8s.io calls it regarding.
	for _, prefix := range []string{"involvedObject.", "regarding."} {
		set[prefix+"kind"] = e.InvolvedObject.Kind
		set[prefix+"namespace"] = e.InvolvedObject.Namespace
		set[prefix+"name"] = e.InvolvedObject.Name
		set[prefix+"uid"] = string(e.InvolvedObject.UID)
		set[prefix+"apiVersion"] = e.InvolvedObject.APIVersion
		set[prefix+"resourceVersion"] = e.InvolvedObject.ResourceVersion
		set[prefix+"fieldPath"] = e.InvolvedObject.FieldPath
	}
	return set
}
