using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Channels;

/// <summary>The operator's own certificate authority: one key in a Secret of the operator's namespace, made by whichever replica comes first.</summary>
[RequiresAccess<Secret>(Verbs.Create, Verbs.Get, InOwnNamespace = true)]
internal sealed class ChannelAuthority(KubeClient client, string ns, TimeProvider time)
{
    public const string SecretName = "agent-operator-channel";

    private const string CertificateKey = "ca.crt";
    private const string PrivateKey = "ca.key";

    /// <summary>Pods carry the certificate in their spec, so a new one would be a rollout of every agent.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    /// <summary>The authority with its key.</summary>
    /// <exception cref="CryptographicException">The Secret holds something else; the message says what to do.</exception>
    public async Task<X509Certificate2> LoadAsync(CancellationToken cancellation)
    {
        ResourceClient<Secret> secrets = client.Resource<Secret>(ns);
        if (await secrets.FindAsync(SecretName, cancellation) is { } found)
        {
            return Read(found);
        }

        using X509Certificate2 made = Make();
        Secret secret = new()
        {
            Metadata = new ObjectMeta { Name = SecretName, Namespace = ns, Labels = new Dictionary<string, string> { [Api.Labels.ManagedBy] = Api.Labels.ManagedByValue, [Api.Labels.PartOf] = Api.Labels.ManagedByValue } },
            Type = "Opaque",
            Immutable = true,
            StringData = new Dictionary<string, string> { [CertificateKey] = made.ExportCertificatePem(), [PrivateKey] = made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() },
        };
        try
        {
            return Read(await secrets.CreateAsync(secret, cancellation));
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            return Read(await secrets.GetAsync(SecretName, cancellation));
        }
    }

    private static X509Certificate2 Read(Secret secret)
    {
        string? certificate = Text(secret, CertificateKey);
        string? key = Text(secret, PrivateKey);
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new CryptographicException($"Secret {SecretName} holds no certificate with its key under {CertificateKey} and {PrivateKey} ({error.Message}): delete it, then restart the operator and its agents.", error);
        }
    }

    private static string? Text(Secret secret, string key) => secret.Data?.TryGetValue(key, out ReadOnlyMemory<byte> bytes) == true ? Encoding.UTF8.GetString(bytes.Span) : null;

    private X509Certificate2 Make()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=agent-operator-channel-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset now = time.GetUtcNow();
        return request.CreateSelfSigned(now - ChannelCertificate.ClockSkew, now + Validity);
    }
}
