// Package bootstrap creates what clients expect to find in a new cluster.
package bootstrap

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/klog/v2"
)

// AddHooks has the server create them when it starts; it is ready only then.
// service is how programs in the cluster know this server.
func AddHooks(server *genericapiserver.GenericAPIServer, client kubernetes.Interface, shared informers.SharedInformerFactory, service *corev1.Service) error {
	accounts := newServiceAccounts(client, shared.Core().V1().Namespaces())
	if err := server.AddPostStartHook("rbac/bootstrap-roles", func(hook genericapiserver.PostStartHookContext) error {
		return createRoles(hook, client)
	}); err != nil {
		return err
	}
	return server.AddPostStartHook("bootstrap-namespaces", func(hook genericapiserver.PostStartHookContext) error {
		for _, name := range []string{metav1.NamespaceDefault, metav1.NamespaceSystem, metav1.NamespacePublic, corev1.NamespaceNodeLease} {
			err := insist(hook, func(ctx context.Context) error {
				namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
				_, err := client.CoreV1().Namespaces().Create(ctx, namespace, metav1.CreateOptions{})
				return err
			})
			if err != nil {
				return err
			}
		}
		go accounts.run(hook)
		return insist(hook, func(ctx context.Context) error {
			_, err := client.CoreV1().Services(metav1.NamespaceDefault).Create(ctx, service, metav1.CreateOptions{})
			return err
		})
	})
}

// insist repeats a creation until it succeeds or the object is there.
func insist(ctx context.Context, create func(context.Context) error) error {
	return wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		err := create(ctx)
		if err == nil || apierrors.IsAlreadyExists(err) {
			return true, nil
		}
		klog.V(2).InfoS("Not created yet", "err", err)
		return false, nil
	})
}

// createRoles leaves what is there alone: an administrator may have changed it.
func createRoles(ctx context.Context, client kubernetes.Interface) error {
	for i := range clusterRoles {
		if err := insist(ctx, func(ctx context.Context) error {
			_, err := client.RbacV1().ClusterRoles().Create(ctx, &clusterRoles[i], metav1.CreateOptions{})
			return err
		}); err != nil {
			return err
		}
	}
	for i := range clusterRoleBindings {
		if err := insist(ctx, func(ctx context.Context) error {
			_, err := client.RbacV1().ClusterRoleBindings().Create(ctx, &clusterRoleBindings[i], metav1.CreateOptions{})
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
