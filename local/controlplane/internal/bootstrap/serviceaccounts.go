package bootstrap

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	coreinformers "k8s.io/client-go/informers/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const defaultAccount = "default"

// serviceAccounts keeps a ServiceAccount named default in every namespace. In a
// real cluster kube-controller-manager does; both doing it is harmless.
type serviceAccounts struct {
	client     kubernetes.Interface
	namespaces coreinformers.NamespaceInformer
	accounts   cache.SharedIndexInformer
	queue      workqueue.TypedRateLimitingInterface[string]
}

func newServiceAccounts(client kubernetes.Interface, namespaces coreinformers.NamespaceInformer) *serviceAccounts {
	only := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) {
		o.FieldSelector = "metadata.name=" + defaultAccount
	}))
	s := &serviceAccounts{
		client: client, namespaces: namespaces, accounts: only.Core().V1().ServiceAccounts().Informer(),
		queue: workqueue.NewTypedRateLimitingQueue(workqueue.NewTypedItemExponentialFailureRateLimiter[string](10*time.Millisecond, time.Second)),
	}
	enqueue := func(object any) {
		if ns, ok := object.(*corev1.Namespace); ok {
			s.queue.Add(ns.Name)
		}
	}
	_, err := namespaces.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: enqueue, UpdateFunc: func(_, object any) { enqueue(object) },
	})
	utilruntime.Must(err)
	_, err = s.accounts.AddEventHandler(cache.ResourceEventHandlerFuncs{DeleteFunc: func(object any) {
		if key, err := cache.DeletionHandlingMetaNamespaceKeyFunc(object); err == nil {
			namespace, _, _ := cache.SplitMetaNamespaceKey(key)
			s.queue.Add(namespace)
		}
	}})
	utilruntime.Must(err)
	return s
}

func (s *serviceAccounts) run(ctx context.Context) {
	defer s.queue.ShutDown()
	go s.accounts.RunWithContext(ctx)
	if !cache.WaitForCacheSync(ctx.Done(), s.accounts.HasSynced, s.namespaces.Informer().HasSynced) {
		return
	}
	go wait.UntilWithContext(ctx, func(ctx context.Context) {
		for s.next(ctx) {
		}
	}, time.Second)
	<-ctx.Done()
}

func (s *serviceAccounts) next(ctx context.Context) bool {
	name, shutdown := s.queue.Get()
	if shutdown {
		return false
	}
	defer s.queue.Done(name)
	if err := s.ensure(ctx, name); err != nil {
		utilruntime.HandleErrorWithContext(ctx, err, "Creating the default ServiceAccount", "namespace", name)
		s.queue.AddRateLimited(name)
		return true
	}
	s.queue.Forget(name)
	return true
}

func (s *serviceAccounts) ensure(ctx context.Context, namespace string) error {
	if _, exists, err := s.accounts.GetStore().GetByKey(namespace + "/" + defaultAccount); exists || err != nil {
		return err
	}
	ns, err := s.namespaces.Lister().Get(namespace)
	if apierrors.IsNotFound(err) || err == nil && ns.Status.Phase != corev1.NamespaceActive {
		return nil
	}
	if err != nil {
		return err
	}
	account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: defaultAccount, Namespace: namespace}}
	_, err = s.client.CoreV1().ServiceAccounts(namespace).Create(ctx, account, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) || apierrors.IsNotFound(err) || apierrors.HasStatusCause(err, corev1.NamespaceTerminatingCause) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("in namespace %s: %w", namespace, err)
	}
	return nil
}
