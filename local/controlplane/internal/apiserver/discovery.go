package apiserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"

	apidiscoveryv2 "k8s.io/api/apidiscovery/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/klog/v2"
)

const aggregatedDiscovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

// listGroups answers GET /apis for clients that do not ask for aggregated
// discovery. The library's own answer would leave out custom resources' groups:
// in a real cluster another server, the aggregator, adds them. The aggregated
// document knows them all, so the plain one is made from it.
func listGroups(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/apis" && r.URL.Path != "/apis/" || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		plain := httptest.NewRecorder()
		next.ServeHTTP(plain, r)
		groups := &metav1.APIGroupList{}
		if plain.Code != http.StatusOK || json.Unmarshal(plain.Body.Bytes(), groups) != nil || groups.Kind != "APIGroupList" {
			replay(w, plain) // aggregated already, or another encoding
			return
		}
		full := httptest.NewRecorder()
		aggregated := r.Clone(r.Context())
		aggregated.Header = http.Header{"Accept": {aggregatedDiscovery}}
		next.ServeHTTP(full, aggregated)
		document := apidiscoveryv2.APIGroupDiscoveryList{}
		if err := json.Unmarshal(full.Body.Bytes(), &document); err != nil {
			klog.ErrorS(err, "Reading aggregated discovery")
			replay(w, plain)
			return
		}
		addGroups(groups, document)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusOK)
		if err := json.NewEncoder(w).Encode(groups); err != nil {
			klog.V(2).InfoS("Writing /apis", "err", err)
		}
	})
}

func addGroups(groups *metav1.APIGroupList, document apidiscoveryv2.APIGroupDiscoveryList) {
	known := map[string]bool{}
	for _, g := range groups.Groups {
		known[g.Name] = true
	}
	for _, item := range document.Items {
		if known[item.Name] || len(item.Versions) == 0 {
			continue
		}
		group := metav1.APIGroup{Name: item.Name}
		for _, v := range item.Versions {
			group.Versions = append(group.Versions, metav1.GroupVersionForDiscovery{GroupVersion: item.Name + "/" + v.Version, Version: v.Version})
		}
		group.PreferredVersion = group.Versions[0]
		groups.Groups = append(groups.Groups, group)
	}
}

func replay(w http.ResponseWriter, recorded *httptest.ResponseRecorder) {
	for name, values := range recorded.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(recorded.Code)
	if _, err := w.Write(recorded.Body.Bytes()); err != nil {
		klog.V(2).InfoS("Writing /apis", "err", err)
	}
}
