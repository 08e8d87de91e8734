// Package tokens issues and verifies service account tokens.
package tokens

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"

	jose "gopkg.in/go-jose/go-jose.v2"
	"k8s.io/client-go/util/keyutil"
)

// keyID names a key by its public half, as a real kube-apiserver does.
func keyID(public any) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(der)
	return base64.RawURLEncoding.EncodeToString(sum[:]), nil
}

func algorithm(public any) (jose.SignatureAlgorithm, error) {
	switch key := public.(type) {
	case *rsa.PublicKey:
		return jose.RS256, nil
	case *ecdsa.PublicKey:
		switch key.Curve.Params().BitSize {
		case 256:
			return jose.ES256, nil
		case 384:
			return jose.ES384, nil
		case 521:
			return jose.ES512, nil
		}
	}
	return "", fmt.Errorf("no signature algorithm for a key of type %T", public)
}

func signerFrom(file string) (jose.Signer, any, error) {
	private, err := keyutil.PrivateKeyFromFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("--service-account-signing-key-file: %w", err)
	}
	key, ok := private.(crypto.Signer)
	if !ok {
		return nil, nil, fmt.Errorf("--service-account-signing-key-file: %T cannot sign", private)
	}
	alg, err := algorithm(key.Public())
	if err != nil {
		return nil, nil, err
	}
	id, err := keyID(key.Public())
	if err != nil {
		return nil, nil, err
	}
	jwk := jose.JSONWebKey{Algorithm: string(alg), Key: private, KeyID: id}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jwk}, nil)
	return signer, key.Public(), err
}

// publicKeys reads public keys, or private ones and takes their public half.
func publicKeys(files []string) ([]any, error) {
	var all []any
	for _, file := range files {
		keys, err := keyutil.PublicKeysFromFile(file)
		if err != nil {
			return nil, fmt.Errorf("--service-account-key-file: %w", err)
		}
		all = append(all, keys...)
	}
	return all, nil
}
