package validate

import (
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

const (
	fileModeMessage = "must be a number between 0 and 0777 (octal), both inclusive"
	minTokenSeconds = 10 * 60
	maxTokenSeconds = 1 << 32
)

// volumes returns the names that may be mounted too.
func volumes(path *field.Path, list []corev1.Volume) (map[string]bool, errorList) {
	var errs errorList
	names := map[string]bool{}
	for i := range list {
		v := &list[i]
		at := path.Index(i)
		named := label(at.Child("name"), v.Name)
		if names[v.Name] {
			named = append(named, field.Duplicate(at.Child("name"), v.Name))
		}
		sourced := volumeSource(at, &v.VolumeSource)
		if len(named)+len(sourced) == 0 {
			names[v.Name] = true
		}
		errs = append(append(errs, sourced...), named...)
	}
	return names, errs
}

func volumeSource(path *field.Path, v *corev1.VolumeSource) errorList {
	switch set := setFields(v); {
	case len(set) == 0:
		return errorList{field.Required(path, "must specify a volume type")}
	case len(set) > 1:
		var errs errorList
		for _, name := range set[1:] {
			errs = append(errs, field.Forbidden(path.Child(name), "may not specify more than 1 volume type"))
		}
		return errs
	}
	switch {
	case v.EmptyDir != nil:
		if limit := v.EmptyDir.SizeLimit; limit != nil && limit.Sign() < 0 {
			return errorList{field.Forbidden(path.Child("emptyDir", "sizeLimit"), "SizeLimit field must be a valid resource quantity")}
		}
	case v.HostPath != nil:
		return hostPath(path.Child("hostPath"), v.HostPath)
	case v.Secret != nil:
		at := path.Child("secret")
		errs := required(at.Child("secretName"), v.Secret.SecretName)
		return append(append(errs, fileMode(at.Child("defaultMode"), v.Secret.DefaultMode)...), items(at.Child("items"), v.Secret.Items)...)
	case v.ConfigMap != nil:
		at := path.Child("configMap")
		errs := required(at.Child("name"), v.ConfigMap.Name)
		return append(append(errs, fileMode(at.Child("defaultMode"), v.ConfigMap.DefaultMode)...), items(at.Child("items"), v.ConfigMap.Items)...)
	case v.DownwardAPI != nil:
		at := path.Child("downwardAPI")
		return append(fileMode(at.Child("defaultMode"), v.DownwardAPI.DefaultMode), downwardFiles(at, v.DownwardAPI.Items)...)
	case v.Projected != nil:
		at := path.Child("projected")
		return append(fileMode(at.Child("defaultMode"), v.Projected.DefaultMode), projections(at.Child("sources"), v.Projected.Sources)...)
	case v.PersistentVolumeClaim != nil:
		return required(path.Child("persistentVolumeClaim", "claimName"), v.PersistentVolumeClaim.ClaimName)
	}
	return nil
}

func hostPath(path *field.Path, h *corev1.HostPathVolumeSource) errorList {
	if h.Path == "" {
		return errorList{field.Required(path.Child("path"), "")}
	}
	for part := range strings.SplitSeq(h.Path, "/") {
		if part == ".." {
			return errorList{field.Invalid(path.Child("path"), h.Path, "must not contain '..'")}
		}
	}
	return nil
}

func fileMode(path *field.Path, mode *int32) errorList {
	if mode == nil || (*mode >= 0 && *mode <= 0o777) {
		return nil
	}
	return errorList{field.Invalid(path, *mode, fileModeMessage)}
}

func items(path *field.Path, list []corev1.KeyToPath) errorList {
	var errs errorList
	for i, item := range list {
		at := path.Index(i)
		errs = append(errs, required(at.Child("key"), item.Key)...)
		errs = append(errs, required(at.Child("path"), item.Path)...)
		errs = append(errs, projectedPath(at.Child("path"), item.Path)...)
		errs = append(errs, fileMode(at.Child("mode"), item.Mode)...)
	}
	return errs
}

func downwardFiles(path *field.Path, files []corev1.DownwardAPIVolumeFile) errorList {
	var errs errorList
	for _, file := range files {
		// Without an index, as in a real one.
		errs = append(errs, required(path.Child("path"), file.Path)...)
		errs = append(errs, projectedPath(path.Child("path"), file.Path)...)
		switch {
		case file.FieldRef != nil && file.ResourceFieldRef != nil:
			errs = append(errs, field.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"))
		case file.FieldRef != nil:
			errs = append(errs, fieldSelector(path.Child("fieldRef"), file.FieldRef, fileFields)...)
		case file.ResourceFieldRef != nil:
			errs = append(errs, resourceSelector(path.Child("resourceFieldRef"), file.ResourceFieldRef, true)...)
		default:
			errs = append(errs, field.Required(path, "one of fieldRef and resourceFieldRef is required"))
		}
		errs = append(errs, fileMode(path.Child("mode"), file.Mode)...)
	}
	return errs
}

func projections(path *field.Path, sources []corev1.VolumeProjection) errorList {
	var errs errorList
	taken := map[string]bool{}
	place := func(at *field.Path, to string) {
		if to == "" {
			return
		}
		if taken[to] {
			errs = append(errs, field.Invalid(path, to, "conflicting duplicate paths"))
		}
		taken[to] = true
	}
	for i := range sources {
		source := &sources[i]
		at := path.Index(i)
		if set := setFields(source); len(set) > 1 {
			for _, name := range set[1:] {
				errs = append(errs, field.Forbidden(at.Child(name), "may not specify more than 1 volume type per source"))
			}
			continue
		}
		switch {
		case source.Secret != nil:
			errs = append(errs, required(at.Child("secret", "name"), source.Secret.Name)...)
			errs = append(errs, items(at.Child("secret", "items"), source.Secret.Items)...)
			for _, item := range source.Secret.Items {
				place(at, item.Path)
			}
		case source.ConfigMap != nil:
			errs = append(errs, required(at.Child("configMap", "name"), source.ConfigMap.Name)...)
			errs = append(errs, items(at.Child("configMap", "items"), source.ConfigMap.Items)...)
			for _, item := range source.ConfigMap.Items {
				place(at, item.Path)
			}
		case source.DownwardAPI != nil:
			errs = append(errs, downwardFiles(at.Child("downwardAPI"), source.DownwardAPI.Items)...)
			for _, item := range source.DownwardAPI.Items {
				place(at, item.Path)
			}
		case source.ServiceAccountToken != nil:
			errs = append(errs, tokenProjection(at.Child("serviceAccountToken"), source.ServiceAccountToken)...)
			place(at, source.ServiceAccountToken.Path)
		}
	}
	return errs
}

func tokenProjection(path *field.Path, token *corev1.ServiceAccountTokenProjection) errorList {
	var errs errorList
	if seconds := token.ExpirationSeconds; seconds != nil && *seconds < minTokenSeconds {
		errs = append(errs, field.Invalid(path.Child("expirationSeconds"), *seconds, "may not specify a duration less than 10 minutes"))
	} else if seconds != nil && *seconds > maxTokenSeconds {
		errs = append(errs, field.Invalid(path.Child("expirationSeconds"), *seconds, "may not specify a duration larger than 2^32 seconds"))
	}
	errs = append(errs, required(path.Child("path"), token.Path)...)
	return append(errs, projectedPath(path.Child("path"), token.Path)...)
}

// setFields names the members of a union that are set, as JSON does.
func setFields(union any) []string {
	var set []string
	v := reflect.ValueOf(union).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Pointer && !v.Field(i).IsNil() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			set = append(set, name)
		}
	}
	return set
}
