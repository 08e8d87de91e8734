package kinds

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	genericrest "k8s.io/apiserver/pkg/registry/generic/rest"
)

// defaultContainer names the container that is meant when none is.
const defaultContainer = "kubectl.kubernetes.io/default-container"

// logREST is pods/log: the node's own server has the logs.
type logREST struct {
	pods     *genericregistry.Store
	services *Services
}

func (r *logREST) New() runtime.Object { return &corev1.Pod{} }
func (r *logREST) Destroy()            {}

func (r *logREST) ProducesMIMETypes(string) []string { return []string{"text/plain"} }
func (r *logREST) ProducesObject(string) any         { return "" }

func (r *logREST) NewGetOptions() (runtime.Object, bool, string) {
	return &corev1.PodLogOptions{}, false, ""
}

func (r *logREST) Get(ctx context.Context, name string, object runtime.Object) (runtime.Object, error) {
	options, ok := object.(*corev1.PodLogOptions)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("not PodLogOptions: %T", object))
	}
	found, err := r.pods.Get(ctx, name, &metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	pod := found.(*corev1.Pod)
	container, err := chooseContainer(pod, options.Container)
	if err != nil {
		return nil, err
	}
	if pod.Spec.NodeName == "" {
		// Nothing has run, so nothing was written.
		return &genericrest.LocationStreamer{}, nil
	}
	node, err := r.services.Client.CoreV1().Nodes().Get(ctx, pod.Spec.NodeName, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	host, err := kubeletAddress(node)
	if err != nil {
		return nil, err
	}
	return &genericrest.LocationStreamer{
		Location: &url.URL{
			Scheme: "https", Host: host, Path: fmt.Sprintf("/containerLogs/%s/%s/%s", pod.Namespace, pod.Name, container),
			RawQuery: logQuery(options).Encode(),
		},
		Transport:       r.services.Kubelets,
		ContentType:     "text/plain",
		Flush:           options.Follow,
		ResponseChecker: genericrest.NewGenericHttpResponseChecker(corev1.Resource("pods/log"), name),
		RedirectChecker: genericrest.PreventRedirects,
	}, nil
}

func chooseContainer(pod *corev1.Pod, name string) (string, error) {
	var main, init []string
	for _, c := range pod.Spec.Containers {
		main = append(main, c.Name)
	}
	for _, c := range pod.Spec.InitContainers {
		init = append(init, c.Name)
	}
	if name == "" {
		name = pod.Annotations[defaultContainer]
	}
	switch {
	case name == "" && len(main) == 1:
		return main[0], nil
	case name == "":
		choice := fmt.Sprintf("choose one of: %v", main)
		if len(init) > 0 {
			choice += fmt.Sprintf(" or one of the init containers: %v", init)
		}
		return "", apierrors.NewBadRequest(fmt.Sprintf("a container name must be specified for pod %s, %s", pod.Name, choice))
	case !slices.Contains(main, name) && !slices.Contains(init, name):
		return "", apierrors.NewBadRequest(fmt.Sprintf("container %s is not valid for pod %s", name, pod.Name))
	}
	return name, nil
}

// kubeletAddress is where a node's own server listens.
func kubeletAddress(node *corev1.Node) (string, error) {
	port := node.Status.DaemonEndpoints.KubeletEndpoint.Port
	if port == 0 {
		return "", apierrors.NewInternalError(fmt.Errorf("node %s says no kubelet port", node.Name))
	}
	for _, kind := range []corev1.NodeAddressType{corev1.NodeInternalIP, corev1.NodeHostName, corev1.NodeExternalIP} {
		for _, address := range node.Status.Addresses {
			if address.Type == kind {
				return net.JoinHostPort(address.Address, strconv.Itoa(int(port))), nil
			}
		}
	}
	return "", apierrors.NewInternalError(fmt.Errorf("node %s has no address", node.Name))
}

// logQuery says the options in the words of the kubelet's API, which are the
// query parameters of pods/log themselves.
func logQuery(o *corev1.PodLogOptions) url.Values {
	query := url.Values{}
	flag := func(name string, set bool) {
		if set {
			query.Set(name, "true")
		}
	}
	count := func(name string, n *int64) {
		if n != nil {
			query.Set(name, strconv.FormatInt(*n, 10))
		}
	}
	flag("follow", o.Follow)
	flag("previous", o.Previous)
	flag("timestamps", o.Timestamps)
	count("sinceSeconds", o.SinceSeconds)
	count("tailLines", o.TailLines)
	count("limitBytes", o.LimitBytes)
	if o.SinceTime != nil {
		query.Set("sinceTime", o.SinceTime.Format(time.RFC3339))
	}
	if o.Stream != nil && *o.Stream != corev1.LogStreamAll {
		query.Set("stream", *o.Stream)
	}
	return query
}

// registerLogOptions reads the query parameters of pods/log.
func registerLogOptions() {
	addInternal("", "PodLogOptions", &corev1.PodLogOptions{})
	utilruntime.Must(Scheme.AddConversionFunc((*url.Values)(nil), (*corev1.PodLogOptions)(nil), func(in, out any, _ conversion.Scope) error {
		return readLogQuery(*in.(*url.Values), out.(*corev1.PodLogOptions))
	}))
}

func readLogQuery(query url.Values, o *corev1.PodLogOptions) error {
	var failed error
	flag := func(name string, to *bool) {
		text := strings.ToLower(query.Get(name))
		// A bare parameter means yes.
		*to = query.Has(name) && text != "false" && text != "0"
	}
	count := func(name string, to **int64) {
		if text := query.Get(name); text != "" {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil || n < 0 {
				failed = apierrors.NewBadRequest(fmt.Sprintf("%s is not a number: %q", name, text))
			}
			*to = &n
		}
	}
	o.Container = query.Get("container")
	flag("follow", &o.Follow)
	flag("previous", &o.Previous)
	flag("timestamps", &o.Timestamps)
	flag("insecureSkipTLSVerifyBackend", &o.InsecureSkipTLSVerifyBackend)
	count("sinceSeconds", &o.SinceSeconds)
	count("tailLines", &o.TailLines)
	count("limitBytes", &o.LimitBytes)
	if text := query.Get("sinceTime"); text != "" {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			failed = apierrors.NewBadRequest(fmt.Sprintf("sinceTime: %v", err))
		}
		since := metav1.NewTime(t)
		o.SinceTime = &since
	}
	if text := query.Get("stream"); text != "" {
		o.Stream = &text
	}
	return failed
}
