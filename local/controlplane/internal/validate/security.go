package validate

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func containerSecurity(path *field.Path, s *corev1.SecurityContext) errorList {
	if s == nil {
		return nil
	}
	var errs errorList
	if s.RunAsUser != nil {
		errs = append(errs, reasons(path.Child("runAsUser"), *s.RunAsUser, utilvalidation.IsValidUserID(*s.RunAsUser))...)
	}
	if s.RunAsGroup != nil {
		errs = append(errs, reasons(path.Child("runAsGroup"), *s.RunAsGroup, utilvalidation.IsValidGroupID(*s.RunAsGroup))...)
	}
	if s.ProcMount != nil {
		errs = append(errs, oneOf(path.Child("procMount"), *s.ProcMount, corev1.DefaultProcMount, corev1.UnmaskedProcMount)...)
	}
	if s.AllowPrivilegeEscalation != nil && !*s.AllowPrivilegeEscalation {
		if s.Privileged != nil && *s.Privileged {
			errs = append(errs, field.Invalid(path, s, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
		}
		if s.Capabilities != nil && slices.Contains(s.Capabilities.Add, "CAP_SYS_ADMIN") {
			errs = append(errs, field.Invalid(path, s, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"))
		}
	}
	return append(errs, seccomp(path.Child("seccompProfile"), s.SeccompProfile)...)
}

func podSecurity(path *field.Path, s *corev1.PodSecurityContext) errorList {
	if s == nil {
		return nil
	}
	var errs errorList
	if s.FSGroup != nil {
		errs = append(errs, reasons(path.Child("fsGroup"), *s.FSGroup, utilvalidation.IsValidGroupID(*s.FSGroup))...)
	}
	if s.RunAsUser != nil {
		errs = append(errs, reasons(path.Child("runAsUser"), *s.RunAsUser, utilvalidation.IsValidUserID(*s.RunAsUser))...)
	}
	if s.RunAsGroup != nil {
		errs = append(errs, reasons(path.Child("runAsGroup"), *s.RunAsGroup, utilvalidation.IsValidGroupID(*s.RunAsGroup))...)
	}
	for i, group := range s.SupplementalGroups {
		errs = append(errs, reasons(path.Child("supplementalGroups").Index(i), group, utilvalidation.IsValidGroupID(group))...)
	}
	errs = append(errs, optionalOneOf(path.Child("fsGroupChangePolicy"), s.FSGroupChangePolicy, corev1.FSGroupChangeAlways, corev1.FSGroupChangeOnRootMismatch)...)
	errs = append(errs, optionalOneOf(path.Child("supplementalGroupsPolicy"), s.SupplementalGroupsPolicy, corev1.SupplementalGroupsPolicyMerge, corev1.SupplementalGroupsPolicyStrict)...)
	return append(errs, seccomp(path.Child("seccompProfile"), s.SeccompProfile)...)
}

func seccomp(path *field.Path, profile *corev1.SeccompProfile) errorList {
	if profile == nil {
		return nil
	}
	errs := oneOf(path.Child("type"), profile.Type, corev1.SeccompProfileTypeLocalhost, corev1.SeccompProfileTypeRuntimeDefault, corev1.SeccompProfileTypeUnconfined)
	at := path.Child("localhostProfile")
	switch {
	case profile.Type == corev1.SeccompProfileTypeLocalhost && profile.LocalhostProfile == nil:
		errs = append(errs, field.Required(at, "must be set when seccomp type is Localhost"))
	case profile.Type == corev1.SeccompProfileTypeLocalhost:
		errs = append(errs, insideDirectory(at, *profile.LocalhostProfile)...)
	case profile.LocalhostProfile != nil:
		errs = append(errs, field.Invalid(at, *profile.LocalhostProfile, "can only be set when seccomp type is Localhost"))
	}
	return errs
}
