"""Service, EndpointSlice and NetworkPolicy."""

from cases import REMOVE, accept, but, fills, refuse, update

SERVICE = {"apiVersion": "v1", "kind": "Service", "metadata": {}, "spec": {"selector": {"a": "b"}, "ports": [{"port": 80}]}}
HEADLESS = but(SERVICE, spec__clusterIP="None")

fills("what is left out", SERVICE, spec__type="ClusterIP", spec__sessionAffinity="None", spec__internalTrafficPolicy="Cluster", spec__ipFamilies=["IPv4"], spec__ipFamilyPolicy="SingleStack",
      **{"spec.ports[0]": {"port": 80, "protocol": "TCP", "targetPort": 80}})
fills("affinity of three hours", but(SERVICE, spec__sessionAffinity="ClientIP"), **{"spec.sessionAffinityConfig.clientIP.timeoutSeconds": 10800})
fills("a headless Service's addresses", HEADLESS, spec__clusterIPs=["None"])
refuse("a name is a DNS label that begins with a letter", but(SERVICE, metadata__name="1a"), 'metadata.name: Invalid value: "1a": a DNS-1035 label must consist of')
refuse("a port is needed", but(SERVICE, spec__ports=[]), "spec.ports: Required value")
accept("a headless Service needs no port", but(HEADLESS, spec__ports=[]))
refuse("two ports have names", but(SERVICE, spec__ports=[{"port": 80}, {"port": 81}]), "spec.ports[0].name: Required value", "spec.ports[1].name: Required value")
refuse("ports' names differ", but(SERVICE, spec__ports=[{"name": "a", "port": 80}, {"name": "a", "port": 81}]), 'spec.ports[1].name: Duplicate value: "a"')
refuse("a port's name is a DNS label", but(SERVICE, spec__ports=[{"name": "a.b", "port": 80}]), 'spec.ports[0].name: Invalid value: "a.b": must not contain dots')
refuse("ports differ", but(SERVICE, spec__ports=[{"name": "a", "port": 80}, {"name": "b", "port": 80}]), "spec.ports[1]: Duplicate value: …")
refuse("a port's number", but(SERVICE, spec__ports=[{"port": 0}]), "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive", "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive")
refuse("a target's name", but(SERVICE, spec__ports=[{"port": 80, "targetPort": "a_b"}]), 'spec.ports[0].targetPort: Invalid value: "a_b": must contain only alpha-numeric characters')
refuse("protocols", but(SERVICE, spec__ports=[{"port": 80, "protocol": "X"}]), 'spec.ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"')
refuse("a node's port is for other types", but(SERVICE, spec__ports=[{"port": 80, "nodePort": 30000}]), "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")
refuse("types", but(SERVICE, spec__type="X"), 'spec.type: Unsupported value: "X": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"')
refuse("affinities", but(SERVICE, spec__sessionAffinity="X"), 'spec.sessionAffinity: Unsupported value: "X": supported values: "ClientIP", "None"')
refuse("a selector's labels", but(SERVICE, spec__selector={"a": "-"}), 'spec.selector: Invalid value: "-": a valid label')
refuse("an external name", but(SERVICE, spec__type="ExternalName"), "spec.externalName: Required value")
accept("an ExternalName", but(SERVICE, {"spec.type": "ExternalName", "spec.externalName": "example.com", "spec.ports": REMOVE}))
refuse("an address is one", but(SERVICE, spec__clusterIP="x"), "spec.clusterIPs[0]: Invalid value: …: must be a valid IP address")
update("the address stays", HEADLESS, {"spec.clusterIP": "10.0.0.9", "spec.clusterIPs": ["10.0.0.9"]}, "spec.clusterIPs[0]: Invalid value: …: may not change once set")
update("who does not speak of the address keeps it", HEADLESS, {"spec.clusterIP": REMOVE, "spec.clusterIPs": REMOVE})
update("the selector may change", SERVICE, {"spec.selector": {"c": "d"}})

SLICE = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {}, "addressType": "IPv4", "endpoints": [{"addresses": ["10.1.2.3"]}], "ports": [{"port": 80}]}
fills("what is left out", SLICE, ports=[{"name": "", "port": 80, "protocol": "TCP"}])
refuse("address types", but(SLICE, addressType="X"), 'addressType: Unsupported value: "X": supported values: …"IPv4"')
refuse("an endpoint has an address", but(SLICE, endpoints=[{"addresses": []}]), "endpoints[0].addresses: Required value: must contain at least 1 address")
refuse("an address is one", but(SLICE, endpoints=[{"addresses": ["x"]}]), 'endpoints[0].addresses[0]: Invalid value: "x": must be …IP')
refuse("ports' names differ", but(SLICE, ports=[{"port": 80}, {"port": 81}]), 'ports[1].name: Duplicate value: ""')
update("the address type stays", SLICE, {"addressType": "IPv6", "endpoints": []}, 'addressType: Invalid value: "IPv6": field is immutable')

POLICY = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {}, "spec": {"podSelector": {}, "egress": [{"ports": [{"port": 80}]}]}}
fills("what is left out", POLICY, spec__policyTypes=["Ingress", "Egress"], **{"spec.egress[0].ports[0].protocol": "TCP"})
refuse("policy types", but(POLICY, spec__policyTypes=["X"]), 'spec.policyTypes[0]: Unsupported value: "X": supported values: "Egress", "Ingress"')
refuse("a peer is one", but(POLICY, spec__egress=[{"to": [{}]}]), "spec.egress[0].to[0]: Required value: must specify a peer")
refuse("a block is a CIDR", but(POLICY, spec__egress=[{"to": [{"ipBlock": {"cidr": "x"}}]}]), 'spec.egress[0].to[0].ipBlock.cidr: Invalid value: "x": must be a valid CIDR value')
refuse("an exception is inside its block", but(POLICY, spec__egress=[{"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["11.0.0.0/16"]}}]}]), 'spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`')
refuse("a block stands alone", but(POLICY, spec__egress=[{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]}]), "spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer")
refuse("a port's number", but(POLICY, spec__egress=[{"ports": [{"port": 0}]}]), "spec.egress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")
