using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models;

/// <summary>Anything the API server stores: a type, a name and metadata.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, <c>batch/v1</c>; only the version for the core group.</summary>
    string ApiVersion { get; }

    /// <summary>The kind's name in the singular, <c>Job</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, identity and version of the object.</summary>
    ObjectMeta Metadata { get; }
}

/// <summary>A kind known at compile time: where the server serves it and how it reads and writes JSON, without a registry and without reflection.</summary>
public interface IKubernetesObject<TSelf> : IKubernetesObject
    where TSelf : class, IKubernetesObject<TSelf>
{
    /// <summary>Where the API server serves this kind.</summary>
    static abstract ResourceDefinition Resource { get; }

    /// <summary>Source-generated JSON contract of the kind.</summary>
    static abstract JsonTypeInfo<TSelf> JsonTypeInfo { get; }

    /// <summary>True for a record that has metadata and nothing else: the server is asked for no more (meta.k8s.io/v1 PartialObjectMetadata), and no more is sent or cached.</summary>
    static virtual bool IsMetadataOnly => false;
}
