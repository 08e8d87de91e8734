// Package options holds the server's flags: a subset of a real kube-apiserver's,
// by the same names and with the same meaning.
package options

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apimachinery/pkg/util/sets"
	genericoptions "k8s.io/apiserver/pkg/server/options"
	"k8s.io/apiserver/pkg/storage/storagebackend"
)

// Names of authorization modes, as --authorization-mode takes them.
const (
	ModeAlwaysAllow = "AlwaysAllow"
	ModeRBAC        = "RBAC"
	modeNode        = "Node"
)

// Options are the server's settings.
type Options struct {
	Server    *genericoptions.ServerRunOptions
	Etcd      *genericoptions.EtcdOptions
	Serving   *genericoptions.SecureServingOptionsWithLoopback
	ClientCA  genericoptions.ClientCertAuthenticationOptions
	Audit     *genericoptions.AuditOptions
	Features  *genericoptions.FeatureOptions
	Admission *genericoptions.AdmissionOptions

	TokenAuthFile      string
	AnonymousAuth      bool
	AuthorizationModes []string
	ServiceAccounts    ServiceAccounts
	Kubelet            Kubelet
	ServiceRange       string

	ignored ignored
}

// ServiceAccounts are the settings of service account tokens.
type ServiceAccounts struct {
	Issuers        []string
	Audiences      []string
	KeyFiles       []string
	SigningKeyFile string
	MaxExpiration  time.Duration
}

// Kubelet is how nodes' own servers are reached.
type Kubelet struct {
	CertFile, KeyFile, CAFile string
}

// ignored are flags that a real kube-apiserver needs and this one has no use for.
type ignored struct {
	allowPrivileged    bool
	endpointReconciler string
}

// New returns the defaults.
func New() *Options {
	o := &Options{
		Server:   genericoptions.NewServerRunOptions(),
		Etcd:     genericoptions.NewEtcdOptions(storagebackend.NewDefaultConfig("/registry", nil)),
		Serving:  genericoptions.NewSecureServingOptions().WithLoopback(),
		Audit:    genericoptions.NewAuditOptions(),
		Features: genericoptions.NewFeatureOptions(),
		// The plugins that the library has; those that come with a real
		// kube-apiserver only are known by name, see dropUnserved.
		Admission:          genericoptions.NewAdmissionOptions(),
		AnonymousAuth:      true,
		AuthorizationModes: []string{ModeAlwaysAllow},
		ignored:            ignored{endpointReconciler: "lease"},
	}
	o.Serving.BindPort = 6443
	o.Serving.Required = true
	o.Serving.ServerCert.CertDirectory = "/var/run/kubernetes"
	o.Serving.ServerCert.PairName = "apiserver"
	// Priority and fairness needs kinds that are not served here.
	o.Features.EnablePriorityAndFairness = false
	return o
}

// AddFlags binds the settings to flags.
func (o *Options) AddFlags(fs *pflag.FlagSet) {
	o.Server.AddUniversalFlags(fs)
	o.Etcd.AddFlags(fs)
	o.Serving.AddFlags(fs)
	o.ClientCA.AddFlags(fs)
	o.Audit.AddFlags(fs)
	o.Features.AddFlags(fs)
	o.Admission.AddFlags(fs)

	fs.StringVar(&o.TokenAuthFile, "token-auth-file", "", "CSV file of static bearer tokens: token,user,uid,\"group1,group2\".")
	fs.BoolVar(&o.AnonymousAuth, "anonymous-auth", o.AnonymousAuth, "Let requests without credentials in as system:anonymous. Off under AlwaysAllow.")
	fs.StringSliceVar(&o.AuthorizationModes, "authorization-mode", o.AuthorizationModes, "Ordered list of AlwaysAllow, RBAC and Node (a plain RBAC user here).")

	sa := &o.ServiceAccounts
	fs.StringArrayVar(&sa.Issuers, "service-account-issuer", nil, "Issuer of service account tokens; the first signs, all are accepted.")
	fs.StringSliceVar(&sa.Audiences, "api-audiences", nil, "Audiences that this server accepts in tokens; the issuer when empty.")
	fs.StringArrayVar(&sa.KeyFiles, "service-account-key-file", nil, "PEM file of keys that verify service account tokens; the signing key when empty.")
	fs.StringVar(&sa.SigningKeyFile, "service-account-signing-key-file", "", "PEM file of the private key that signs service account tokens.")
	fs.DurationVar(&sa.MaxExpiration, "service-account-max-token-expiration", 0, "Longest validity of a service account token; 0 is no limit.")

	fs.StringVar(&o.Kubelet.CertFile, "kubelet-client-certificate", "", "Client certificate for nodes' own servers.")
	fs.StringVar(&o.Kubelet.KeyFile, "kubelet-client-key", "", "Client key for nodes' own servers.")
	fs.StringVar(&o.Kubelet.CAFile, "kubelet-certificate-authority", "", "CA of nodes' own servers; not verified when empty.")

	fs.StringVar(&o.ServiceRange, "service-cluster-ip-range", "", "The kubernetes Service gets its first address; other Services get none from this server.")
	fs.BoolVar(&o.ignored.allowPrivileged, "allow-privileged", false, "Accepted and not used: privileged containers are let through.")
	fs.StringVar(&o.ignored.endpointReconciler, "endpoint-reconciler-type", o.ignored.endpointReconciler, "Accepted and not used: nobody leads the kubernetes Service here.")
}

// Complete fills what depends on other settings.
func (o *Options) Complete() error {
	if err := o.Server.Complete(); err != nil {
		return err
	}
	if err := o.Server.DefaultAdvertiseAddress(o.Serving.SecureServingOptions); err != nil {
		return err
	}
	names := []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"}
	addresses := []net.IP{net.IPv4(127, 0, 0, 1)}
	if err := o.Serving.MaybeDefaultWithSelfSignedCerts(o.Server.AdvertiseAddress.String(), names, addresses); err != nil {
		return fmt.Errorf("making a serving certificate: %w", err)
	}
	if slices.Contains(o.AuthorizationModes, ModeAlwaysAllow) {
		o.AnonymousAuth = false // as in a real one: nobody unknown may do everything
	}
	o.Admission.EnablePlugins = dropUnserved(o.Admission.EnablePlugins)
	o.Admission.DisablePlugins = dropUnserved(o.Admission.DisablePlugins)
	return nil
}

// Validate reports every setting that cannot work.
func (o *Options) Validate() error {
	errs := slices.Concat(o.Server.Validate(), o.Etcd.Validate(), o.Serving.Validate(),
		o.Audit.Validate(), o.Features.Validate(), o.Admission.Validate())
	for _, mode := range o.AuthorizationModes {
		if !slices.Contains([]string{ModeAlwaysAllow, ModeRBAC, modeNode}, mode) {
			errs = append(errs, fmt.Errorf("--authorization-mode: %q is not served; use AlwaysAllow or RBAC", mode))
		}
	}
	if o.Features.EnablePriorityAndFairness {
		errs = append(errs, errors.New("--enable-priority-and-fairness is not served; the max-requests limits are"))
	}
	sa := o.ServiceAccounts
	if (len(sa.Issuers) == 0) != (sa.SigningKeyFile == "") {
		errs = append(errs, errors.New("--service-account-issuer and --service-account-signing-key-file need each other"))
	}
	if (o.Kubelet.CertFile == "") != (o.Kubelet.KeyFile == "") {
		errs = append(errs, errors.New("--kubelet-client-certificate and --kubelet-client-key need each other"))
	}
	return utilerrors.NewAggregate(errs)
}

// realOnly are admission plugins of a real kube-apiserver that are not here.
// They may be named, so that one argument list does for both servers.
var realOnly = sets.New(strings.Fields(`
	AlwaysAdmit AlwaysDeny AlwaysPullImages CertificateApproval CertificateSigning CertificateSubjectRestriction
	ClusterTrustBundleAttest DefaultIngressClass DefaultStorageClass DefaultTolerationSeconds DenyServiceExternalIPs
	EventRateLimit ExtendedResourceToleration ImagePolicyWebhook LimitPodHardAntiAffinityTopology LimitRanger
	NamespaceAutoProvision NamespaceExists NodeDeclaredFeatureValidator NodeRestriction OwnerReferencesPermissionEnforcement
	PersistentVolumeClaimResize PodNodeSelector PodSecurity PodTolerationRestriction PodTopologyLabels Priority
	ResourceQuota RuntimeClass ServiceAccount StorageObjectInUseProtection TaintNodesByCondition`)...)

func dropUnserved(plugins []string) []string {
	return slices.DeleteFunc(slices.Clone(plugins), realOnly.Has)
}
