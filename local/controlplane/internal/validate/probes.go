package validate

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/util/intstr"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func lifecycleAndProbes(path *field.Path, c *corev1.Container) errorList {
	var errs errorList
	if c.Lifecycle != nil {
		errs = append(errs, hook(path.Child("lifecycle", "postStart"), c.Lifecycle.PostStart)...)
		errs = append(errs, hook(path.Child("lifecycle", "preStop"), c.Lifecycle.PreStop)...)
	}
	errs = append(errs, probe(path.Child("livenessProbe"), c.LivenessProbe)...)
	errs = append(errs, probe(path.Child("startupProbe"), c.StartupProbe)...)
	errs = append(errs, probe(path.Child("readinessProbe"), c.ReadinessProbe)...)
	for name, p := range map[string]*corev1.Probe{"livenessProbe": c.LivenessProbe, "startupProbe": c.StartupProbe} {
		if p != nil && p.SuccessThreshold != 1 {
			errs = append(errs, field.Invalid(path.Child(name, "successThreshold"), p.SuccessThreshold, "must be 1"))
		}
	}
	if p := c.ReadinessProbe; p != nil && p.TerminationGracePeriodSeconds != nil {
		errs = append(errs, field.Invalid(path.Child("readinessProbe", "terminationGracePeriodSeconds"), *p.TerminationGracePeriodSeconds, "must not be set for readinessProbes"))
	}
	return errs
}

func probe(path *field.Path, p *corev1.Probe) errorList {
	if p == nil {
		return nil
	}
	errs := handler(path, corev1.LifecycleHandler{Exec: p.Exec, HTTPGet: p.HTTPGet, TCPSocket: p.TCPSocket}, p.GRPC)
	errs = append(errs, nonNegative(path.Child("initialDelaySeconds"), &p.InitialDelaySeconds)...)
	errs = append(errs, nonNegative(path.Child("timeoutSeconds"), &p.TimeoutSeconds)...)
	errs = append(errs, nonNegative(path.Child("periodSeconds"), &p.PeriodSeconds)...)
	errs = append(errs, nonNegative(path.Child("successThreshold"), &p.SuccessThreshold)...)
	errs = append(errs, nonNegative(path.Child("failureThreshold"), &p.FailureThreshold)...)
	if grace := p.TerminationGracePeriodSeconds; grace != nil && *grace <= 0 {
		errs = append(errs, field.Invalid(path.Child("terminationGracePeriodSeconds"), *grace, "must be greater than 0"))
	}
	return errs
}

func hook(path *field.Path, h *corev1.LifecycleHandler) errorList {
	if h == nil {
		return nil
	}
	return handler(path, *h, nil)
}

// handler checks that there is exactly one, and that it can work.
func handler(path *field.Path, h corev1.LifecycleHandler, grpc *corev1.GRPCAction) errorList {
	var errs errorList
	handlers := 0
	one := func(name string, check func(*field.Path) errorList) {
		at := path.Child(name)
		if handlers > 0 {
			errs = append(errs, field.Forbidden(at, "may not specify more than 1 handler type"))
			return
		}
		handlers++
		errs = append(errs, check(at)...)
	}
	if h.Exec != nil {
		one("exec", func(at *field.Path) errorList {
			if len(h.Exec.Command) == 0 {
				return errorList{field.Required(at.Child("command"), "")}
			}
			return nil
		})
	}
	if h.HTTPGet != nil {
		one("httpGet", func(at *field.Path) errorList { return httpGet(at, h.HTTPGet) })
	}
	if h.TCPSocket != nil {
		one("tcpSocket", func(at *field.Path) errorList { return portOrName(at.Child("port"), h.TCPSocket.Port) })
	}
	if grpc != nil {
		one("grpc", func(at *field.Path) errorList { return portOrName(at.Child("port"), intstr.FromInt32(grpc.Port)) })
	}
	if h.Sleep != nil {
		one("sleep", func(at *field.Path) errorList {
			return validation.ValidateNonnegativeField(h.Sleep.Seconds, at.Child("seconds"))
		})
	}
	if handlers == 0 {
		errs = append(errs, field.Required(path, "must specify a handler type"))
	}
	return errs
}

func httpGet(path *field.Path, get *corev1.HTTPGetAction) errorList {
	errs := required(path.Child("path"), get.Path)
	errs = append(errs, portOrName(path.Child("port"), get.Port)...)
	errs = append(errs, oneOf(path.Child("scheme"), get.Scheme, corev1.URISchemeHTTP, corev1.URISchemeHTTPS)...)
	for _, header := range get.HTTPHeaders {
		errs = append(errs, reasons(path.Child("httpHeaders"), header.Name, utilvalidation.IsHTTPHeaderName(header.Name))...)
	}
	return errs
}
