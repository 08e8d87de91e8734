package validate

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// What the downward API tells a container through its environment and its files.
var (
	environmentFields = []string{"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
		"status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"}
	fileFields = []string{"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"}
	// podFields are all that a field path can name; not every one can be had.
	podFields = slices.Concat(environmentFields, fileFields, []string{"spec.restartPolicy", "spec.schedulerName", "status.phase"})
	resources = []string{"limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"}
)

func environment(path *field.Path, variables []corev1.EnvVar) errorList {
	var errs errorList
	for i, v := range variables {
		at := path.Index(i)
		if v.Name == "" {
			errs = append(errs, field.Required(at.Child("name"), ""))
		} else {
			errs = append(errs, reasons(at.Child("name"), v.Name, utilvalidation.IsRelaxedEnvVarName(v.Name))...)
		}
		if v.ValueFrom != nil {
			errs = append(errs, variableSource(at.Child("valueFrom"), v)...)
		}
	}
	return errs
}

func variableSource(path *field.Path, v corev1.EnvVar) errorList {
	var errs errorList
	sources := 0
	if ref := v.ValueFrom.FieldRef; ref != nil {
		sources++
		errs = append(errs, fieldSelector(path.Child("fieldRef"), ref, environmentFields)...)
	}
	if ref := v.ValueFrom.ResourceFieldRef; ref != nil {
		sources++
		errs = append(errs, resourceSelector(path.Child("resourceFieldRef"), ref, false)...)
	}
	if ref := v.ValueFrom.ConfigMapKeyRef; ref != nil {
		sources++
		errs = append(errs, keySelector(path.Child("configMapKeyRef"), ref.Name, ref.Key)...)
	}
	if ref := v.ValueFrom.SecretKeyRef; ref != nil {
		sources++
		errs = append(errs, keySelector(path.Child("secretKeyRef"), ref.Name, ref.Key)...)
	}
	if v.ValueFrom.FileKeyRef != nil {
		sources++
	}
	switch {
	case sources == 0:
		errs = append(errs, field.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
	case v.Value != "":
		errs = append(errs, field.Invalid(path, "", "may not be specified when `value` is not empty"))
	case sources > 1:
		errs = append(errs, field.Invalid(path, "", "may not have more than one field specified at a time"))
	}
	return errs
}

func keySelector(path *field.Path, name, key string) errorList {
	errs := required(path.Child("name"), name)
	if key == "" {
		return append(errs, field.Required(path.Child("key"), ""))
	}
	return append(errs, reasons(path.Child("key"), key, utilvalidation.IsConfigMapKey(key))...)
}

// fieldSelector checks metadata.name, metadata.annotations['key'] and their like.
func fieldSelector(path *field.Path, ref *corev1.ObjectFieldSelector, allowed []string) errorList {
	errs := required(path.Child("apiVersion"), ref.APIVersion)
	at := path.Child("fieldPath")
	if ref.FieldPath == "" {
		return append(errs, field.Required(at, ""))
	}
	name, key, subscripted := subscript(ref.FieldPath)
	switch {
	case !slices.Contains(podFields, name):
		return append(errs, field.Invalid(at, ref.FieldPath, fmt.Sprintf("error converting fieldPath: field label not supported: %s", name)))
	case subscripted && name == "metadata.annotations":
		return append(errs, reasons(at, key, utilvalidation.IsQualifiedName(strings.ToLower(key)))...)
	case subscripted && name == "metadata.labels":
		return append(errs, reasons(at, key, utilvalidation.IsQualifiedName(key))...)
	case subscripted:
		return append(errs, field.Invalid(at, name, "does not support subscript"))
	case !slices.Contains(allowed, name):
		return append(errs, field.NotSupported(at, name, allowed))
	}
	return errs
}

// subscript splits name['key'].
func subscript(path string) (name, key string, ok bool) {
	name, rest, found := strings.Cut(path, "['")
	if !found || !strings.HasSuffix(rest, "']") {
		return path, "", false
	}
	return name, strings.TrimSuffix(rest, "']"), true
}

func resourceSelector(path *field.Path, ref *corev1.ResourceFieldSelector, inVolume bool) errorList {
	var errs errorList
	if inVolume {
		errs = append(errs, required(path.Child("containerName"), ref.ContainerName)...)
	}
	if ref.Resource == "" {
		return append(errs, field.Required(path.Child("resource"), ""))
	}
	if !slices.Contains(resources, ref.Resource) && !strings.HasPrefix(ref.Resource, "limits.hugepages-") && !strings.HasPrefix(ref.Resource, "requests.hugepages-") {
		errs = append(errs, field.NotSupported(path.Child("resource"), ref.Resource, resources))
	}
	return errs
}

func environmentFrom(path *field.Path, sources []corev1.EnvFromSource) errorList {
	var errs errorList
	for i, source := range sources {
		at := path.Index(i)
		if source.Prefix != "" {
			errs = append(errs, reasons(at.Child("prefix"), source.Prefix, utilvalidation.IsRelaxedEnvVarName(source.Prefix))...)
		}
		if source.ConfigMapRef != nil {
			errs = append(errs, required(at.Child("configMapRef", "name"), source.ConfigMapRef.Name)...)
		}
		if source.SecretRef != nil {
			errs = append(errs, required(at.Child("secretRef", "name"), source.SecretRef.Name)...)
		}
		switch {
		case source.ConfigMapRef == nil && source.SecretRef == nil:
			errs = append(errs, field.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"))
		case source.ConfigMapRef != nil && source.SecretRef != nil:
			errs = append(errs, field.Invalid(path, "", "may not have more than one field specified at a time"))
		}
	}
	return errs
}
