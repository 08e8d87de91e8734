package kinds

import (
	"reflect"

	"k8s.io/apimachinery/pkg/runtime"
)

// The functions here reach the parts that all kinds' Go structs name alike:
// TypeMeta, ObjectMeta and Status; what remains is what the user asked for.

func structOf(object runtime.Object) reflect.Value { return reflect.ValueOf(object).Elem() }

func statusOf(object runtime.Object) reflect.Value { return structOf(object).FieldByName("Status") }

// desired returns the parts of an object that say what is wanted of it.
func desired(object runtime.Object) []any {
	var parts []any
	v := structOf(object)
	for i := range v.NumField() {
		switch v.Type().Field(i).Name {
		case "TypeMeta", "ObjectMeta", "Status":
		default:
			parts = append(parts, v.Field(i).Interface())
		}
	}
	return parts
}

func copyAllButStatus(object, from runtime.Object) {
	to, source := structOf(object), structOf(from)
	for i := range to.NumField() {
		switch to.Type().Field(i).Name {
		case "TypeMeta", "Status":
		default:
			to.Field(i).Set(source.Field(i))
		}
	}
}
