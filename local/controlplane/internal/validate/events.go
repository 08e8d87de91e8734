package validate

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

const (
	maxEventWord = 128
	maxEventNote = 1024
)

// CoreEvent checks an Event that came through core/v1, new or changed.
func CoreEvent(e *corev1.Event) errorList {
	namespace := field.NewPath("involvedObject", "namespace")
	const mismatch = "does not match event.namespace"
	var errs errorList
	switch of := e.InvolvedObject.Namespace; {
	case e.EventTime.IsZero() && of == "" && e.Namespace != metav1.NamespaceDefault,
		e.EventTime.IsZero() && of != "" && of != e.Namespace,
		!e.EventTime.IsZero() && of == "" && e.Namespace != metav1.NamespaceDefault && e.Namespace != metav1.NamespaceSystem:
		errs = append(errs, field.Invalid(namespace, of, mismatch))
	}
	if e.EventTime.IsZero() {
		return errs
	}
	errs = append(errs, required(field.NewPath("reportingController"), e.ReportingController)...)
	errs = append(errs, reasons(field.NewPath("reportingController"), e.ReportingController, utilvalidation.IsQualifiedName(e.ReportingController))...)
	errs = append(errs, word("reportingInstance", e.ReportingInstance)...)
	errs = append(errs, word("action", e.Action)...)
	errs = append(errs, word("reason", e.Reason)...)
	return append(errs, short("message", e.Message, maxEventNote)...)
}

// Event checks a new Event that came through events.k8s.io/v1.
func Event(e *corev1.Event) errorList {
	errs := CoreEvent(e)
	errs = append(errs, eventSeries(e.Series)...)
	if e.EventTime.IsZero() {
		errs = append(errs, field.Required(field.NewPath("eventTime"), ""))
	}
	if e.Type != corev1.EventTypeNormal && e.Type != corev1.EventTypeWarning {
		errs = append(errs, field.Invalid(field.NewPath("type"), "", fmt.Sprintf("has invalid value: %v", e.Type)))
	}
	for _, old := range []struct {
		name  string
		isSet bool
	}{
		{"firstTimestamp", !e.FirstTimestamp.IsZero()}, {"lastTimestamp", !e.LastTimestamp.IsZero()},
		{"count", e.Count != 0}, {"source", e.Source != corev1.EventSource{}},
	} {
		if old.isSet {
			errs = append(errs, field.Invalid(field.NewPath(old.name), "", "needs to be unset"))
		}
	}
	return errs
}

// EventUpdate lets nothing but the series change.
func EventUpdate(e, old *corev1.Event) errorList {
	errs := CoreEvent(e)
	if !equality.Semantic.DeepEqual(e.Series, old.Series) {
		errs = append(errs, eventSeries(e.Series)...)
	}
	for _, f := range []struct {
		name    string
		is, was any
	}{
		{"involvedObject", e.InvolvedObject, old.InvolvedObject}, {"reason", e.Reason, old.Reason}, {"message", e.Message, old.Message},
		{"source", e.Source, old.Source}, {"firstTimestamp", e.FirstTimestamp, old.FirstTimestamp}, {"lastTimestamp", e.LastTimestamp, old.LastTimestamp},
		{"count", e.Count, old.Count}, {"type", e.Type, old.Type}, {"eventTime", e.EventTime, old.EventTime}, {"action", e.Action, old.Action},
		{"related", e.Related, old.Related}, {"reportingController", e.ReportingController, old.ReportingController}, {"reportingInstance", e.ReportingInstance, old.ReportingInstance},
	} {
		errs = append(errs, validation.ValidateImmutableField(f.is, f.was, field.NewPath(f.name))...)
	}
	return errs
}

func eventSeries(s *corev1.EventSeries) errorList {
	if s == nil {
		return nil
	}
	var errs errorList
	if s.Count < 2 {
		errs = append(errs, field.Invalid(field.NewPath("series.count"), "", "should be at least 2"))
	}
	if s.LastObservedTime.IsZero() {
		errs = append(errs, field.Required(field.NewPath("series.lastObservedTime"), ""))
	}
	return errs
}

func word(name, value string) errorList {
	return append(required(field.NewPath(name), value), short(name, value, maxEventWord)...)
}

func short(name, value string, longest int) errorList {
	if len(value) > longest {
		return errorList{field.Invalid(field.NewPath(name), "", fmt.Sprintf("can have at most %v characters", longest))}
	}
	return nil
}
