package validate

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// podContext is what rules of a container need to know of its pod.
type podContext struct {
	volumes     map[string]bool
	hostNetwork bool
	// names are those of every container so far.
	names map[string]bool
}

func containers(path *field.Path, list []corev1.Container, pod podContext) errorList {
	if len(list) == 0 {
		return errorList{field.Required(path, "")}
	}
	var errs errorList
	for i := range list {
		c := &list[i]
		at := path.Index(i)
		errs = append(errs, container(at, c, pod)...)
		errs = append(errs, uniqueName(at, c.Name, pod)...)
		errs = append(errs, lifecycleAndProbes(at, c)...)
	}
	return errs
}

func initContainers(path *field.Path, list []corev1.Container, pod podContext) errorList {
	var errs errorList
	for i := range list {
		c := &list[i]
		at := path.Index(i)
		errs = append(errs, container(at, c, pod)...)
		errs = append(errs, uniqueName(at, c.Name, pod)...)
		if c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			errs = append(errs, lifecycleAndProbes(at, c)...)
			continue
		}
		for name, set := range map[string]bool{
			"lifecycle": c.Lifecycle != nil, "livenessProbe": c.LivenessProbe != nil,
			"readinessProbe": c.ReadinessProbe != nil, "startupProbe": c.StartupProbe != nil,
		} {
			if set {
				errs = append(errs, field.Forbidden(at.Child(name), "may not be set for init containers without restartPolicy=Always"))
			}
		}
	}
	return errs
}

func uniqueName(path *field.Path, name string, pod podContext) errorList {
	if name == "" {
		return nil
	}
	if pod.names[name] {
		return errorList{field.Duplicate(path.Child("name"), name)}
	}
	pod.names[name] = true
	return nil
}

func container(path *field.Path, c *corev1.Container, pod podContext) errorList {
	errs := label(path.Child("name"), c.Name)
	switch {
	case c.Image == "":
		errs = append(errs, field.Required(path.Child("image"), ""))
	case c.Image != strings.TrimSpace(c.Image):
		errs = append(errs, field.Invalid(path.Child("image"), c.Image, "must not have leading or trailing whitespace"))
	}
	errs = append(errs, oneOf(path.Child("terminationMessagePolicy"), c.TerminationMessagePolicy,
		corev1.TerminationMessageReadFile, corev1.TerminationMessageFallbackToLogsOnError)...)
	errs = append(errs, oneOf(path.Child("imagePullPolicy"), c.ImagePullPolicy, corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever)...)
	errs = append(errs, optionalOneOf(path.Child("restartPolicy"), c.RestartPolicy,
		corev1.ContainerRestartPolicyAlways, corev1.ContainerRestartPolicyNever, corev1.ContainerRestartPolicyOnFailure)...)
	errs = append(errs, containerPorts(path.Child("ports"), c.Ports, pod)...)
	errs = append(errs, environment(path.Child("env"), c.Env)...)
	errs = append(errs, environmentFrom(path.Child("envFrom"), c.EnvFrom)...)
	errs = append(errs, volumeMounts(path.Child("volumeMounts"), c, pod)...)
	errs = append(errs, containerResources(path.Child("resources"), c.Resources)...)
	return append(errs, containerSecurity(path.Child("securityContext"), c.SecurityContext)...)
}

func containerPorts(path *field.Path, ports []corev1.ContainerPort, pod podContext) errorList {
	var errs errorList
	names := map[string]bool{}
	for i, port := range ports {
		at := path.Index(i)
		if port.Name != "" {
			if messages := utilvalidation.IsValidPortName(port.Name); len(messages) > 0 {
				errs = append(errs, reasons(at.Child("name"), port.Name, messages)...)
			} else if names[port.Name] {
				errs = append(errs, field.Duplicate(at.Child("name"), port.Name))
			}
			names[port.Name] = true
		}
		if port.ContainerPort == 0 {
			errs = append(errs, field.Required(at.Child("containerPort"), ""))
		} else {
			errs = append(errs, reasons(at.Child("containerPort"), port.ContainerPort, utilvalidation.IsValidPortNum(int(port.ContainerPort)))...)
		}
		if port.HostPort != 0 {
			errs = append(errs, reasons(at.Child("hostPort"), port.HostPort, utilvalidation.IsValidPortNum(int(port.HostPort)))...)
		}
		if pod.hostNetwork && port.HostPort != port.ContainerPort {
			errs = append(errs, field.Invalid(at.Child("containerPort"), port.ContainerPort, "must match `hostPort` when `hostNetwork` is true"))
		}
		errs = append(errs, oneOf(at.Child("protocol"), port.Protocol, corev1.ProtocolSCTP, corev1.ProtocolTCP, corev1.ProtocolUDP)...)
	}
	return errs
}

func volumeMounts(path *field.Path, c *corev1.Container, pod podContext) errorList {
	var errs errorList
	places := map[string]bool{}
	for i, mount := range c.VolumeMounts {
		at := path.Index(i)
		errs = append(errs, required(at.Child("name"), mount.Name)...)
		if !pod.volumes[mount.Name] {
			errs = append(errs, field.NotFound(at.Child("name"), mount.Name))
		}
		errs = append(errs, required(at.Child("mountPath"), mount.MountPath)...)
		if places[mount.MountPath] {
			errs = append(errs, field.Invalid(at.Child("mountPath"), mount.MountPath, "must be unique"))
		}
		places[mount.MountPath] = true
		if mount.SubPath != "" {
			// Without the index, as in a real one.
			errs = append(errs, insideDirectory(path.Child("subPath"), mount.SubPath)...)
		}
		if mount.SubPathExpr != "" {
			if mount.SubPath != "" {
				errs = append(errs, field.Invalid(at.Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive"))
			}
			errs = append(errs, insideDirectory(path.Child("subPathExpr"), mount.SubPathExpr)...)
		}
		if mount.MountPropagation != nil {
			errs = append(errs, optionalOneOf(at.Child("mountPropagation"), mount.MountPropagation,
				corev1.MountPropagationBidirectional, corev1.MountPropagationHostToContainer, corev1.MountPropagationNone)...)
			privileged := c.SecurityContext != nil && c.SecurityContext.Privileged != nil && *c.SecurityContext.Privileged
			if *mount.MountPropagation == corev1.MountPropagationBidirectional && !privileged {
				errs = append(errs, field.Forbidden(at.Child("mountPropagation"), "Bidirectional mount propagation is available only to privileged containers"))
			}
		}
	}
	return errs
}
