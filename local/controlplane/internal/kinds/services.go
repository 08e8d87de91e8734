package kinds

import (
	"k8s.io/client-go/kubernetes"
)

// Services is what storages need from the rest of the server.
type Services struct {
	// Client reaches this very server with every right.
	Client kubernetes.Interface
}
