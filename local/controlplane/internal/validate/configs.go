package validate

import (
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var dataPath = field.NewPath("data")

// ConfigMap checks a ConfigMap, new or changed.
func ConfigMap(c *corev1.ConfigMap) errorList {
	var errs errorList
	size := 0
	for _, key := range sortedKeys(c.Data) {
		errs = append(errs, reasons(dataPath.Key(key), key, utilvalidation.IsConfigMapKey(key))...)
		if _, twice := c.BinaryData[key]; twice {
			errs = append(errs, field.Invalid(dataPath.Key(key), key, "duplicate of key present in binaryData"))
		}
		size += len(c.Data[key])
	}
	binary := field.NewPath("binaryData")
	for _, key := range sortedKeys(c.BinaryData) {
		errs = append(errs, reasons(binary.Key(key), key, utilvalidation.IsConfigMapKey(key))...)
		size += len(c.BinaryData[key])
	}
	if size > corev1.MaxSecretSize {
		errs = append(errs, field.TooLong(field.NewPath(""), "", corev1.MaxSecretSize))
	}
	return errs
}

// ConfigMapUpdate checks a changed ConfigMap.
func ConfigMapUpdate(c, old *corev1.ConfigMap) errorList {
	errs := frozen(c.Immutable, old.Immutable, map[string]bool{
		"data": equality.Semantic.DeepEqual(c.Data, old.Data), "binaryData": equality.Semantic.DeepEqual(c.BinaryData, old.BinaryData)})
	return append(errs, ConfigMap(c)...)
}

// Secret checks a Secret, new or changed.
func Secret(s *corev1.Secret) errorList {
	var errs errorList
	size := 0
	for _, key := range sortedKeys(s.Data) {
		errs = append(errs, reasons(dataPath.Key(key), key, utilvalidation.IsConfigMapKey(key))...)
		size += len(s.Data[key])
	}
	if size > corev1.MaxSecretSize {
		errs = append(errs, field.TooLong(dataPath, "", corev1.MaxSecretSize))
	}
	return append(errs, secretType(s)...)
}

// SecretUpdate checks a changed Secret.
func SecretUpdate(s, old *corev1.Secret) errorList {
	errs := validation.ValidateImmutableField(s.Type, old.Type, field.NewPath("type"))
	errs = append(errs, frozen(s.Immutable, old.Immutable, map[string]bool{"data": equality.Semantic.DeepEqual(s.Data, old.Data)})...)
	return append(errs, Secret(s)...)
}

// secretType checks what the readers of known types look for.
func secretType(s *corev1.Secret) errorList {
	need := func(keys ...string) errorList {
		var errs errorList
		for _, key := range keys {
			if _, found := s.Data[key]; !found {
				errs = append(errs, field.Required(dataPath.Key(key), ""))
			}
		}
		return errs
	}
	needJSON := func(key string) errorList {
		if errs := need(key); errs != nil {
			return errs
		}
		if err := json.Unmarshal(s.Data[key], &map[string]any{}); err != nil {
			return errorList{field.Invalid(dataPath.Key(key), "<secret contents redacted>", err.Error())}
		}
		return nil
	}
	switch s.Type {
	case corev1.SecretTypeServiceAccountToken:
		if s.Annotations[corev1.ServiceAccountNameKey] == "" {
			return errorList{field.Required(field.NewPath("metadata", "annotations").Key(corev1.ServiceAccountNameKey), "")}
		}
	case corev1.SecretTypeDockercfg:
		return needJSON(corev1.DockerConfigKey)
	case corev1.SecretTypeDockerConfigJson:
		return needJSON(corev1.DockerConfigJsonKey)
	case corev1.SecretTypeBasicAuth:
		_, user := s.Data[corev1.BasicAuthUsernameKey]
		_, password := s.Data[corev1.BasicAuthPasswordKey]
		if !user && !password {
			return need(corev1.BasicAuthUsernameKey, corev1.BasicAuthPasswordKey)
		}
	case corev1.SecretTypeSSHAuth:
		if len(s.Data[corev1.SSHAuthPrivateKey]) == 0 {
			return errorList{field.Required(dataPath.Key(corev1.SSHAuthPrivateKey), "")}
		}
	case corev1.SecretTypeTLS:
		return need(corev1.TLSCertKey, corev1.TLSPrivateKeyKey)
	}
	return nil
}

// frozen is the rule of an immutable ConfigMap or Secret.
func frozen(now, before *bool, same map[string]bool) errorList {
	if before == nil || !*before {
		return nil
	}
	const message = "field is immutable when `immutable` is set"
	var errs errorList
	if now == nil || !*now {
		errs = append(errs, field.Forbidden(field.NewPath("immutable"), message))
	}
	for _, name := range sortedKeys(same) {
		if !same[name] {
			errs = append(errs, field.Forbidden(field.NewPath(name), message))
		}
	}
	return errs
}
