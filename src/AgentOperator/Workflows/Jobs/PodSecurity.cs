using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Jobs;

/// <summary>Security settings of a step's pod: the restricted Pod Security Standard where the user says nothing, field by field.</summary>
internal static class PodSecurity
{
    // Images that name no user would run as root, which restricted forbids: they run as this one instead.
    private const long UnprivilegedId = 65532;

    /// <summary>A pod of our own image: the restricted standard in full.</summary>
    public static PodSecurityContext Restricted { get; } = new()
    {
        RunAsNonRoot = true,
        RunAsUser = UnprivilegedId,
        RunAsGroup = UnprivilegedId,
        FsGroup = UnprivilegedId,
        SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" },
    };

    /// <summary>Its container: nothing is written but to volumes.</summary>
    public static SecurityContext RestrictedContainer { get; } = new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Capabilities = new Capabilities { Drop = ["ALL"] },
    };

    public static PodSecurityContext OfPod(ContainerStep step)
    {
        PodSecurityContext said = PodPart.Read<PodSecurityContext>(step.PodSecurityContext) ?? new PodSecurityContext();

        // Who lifts runAsNonRoot and names no user wants the image's own.
        bool isImagesOwn = said is { RunAsNonRoot: false, RunAsUser: null };
        return said with
        {
            RunAsNonRoot = said.RunAsNonRoot ?? true,
            RunAsUser = said.RunAsUser ?? (isImagesOwn ? null : UnprivilegedId),
            RunAsGroup = said.RunAsGroup ?? (isImagesOwn ? null : UnprivilegedId),
            FsGroup = said.FsGroup ?? (isImagesOwn ? null : UnprivilegedId),
            SeccompProfile = said.SeccompProfile ?? new SeccompProfile { Type = "RuntimeDefault" },
        };
    }

    public static SecurityContext OfContainer(ContainerStep step)
    {
        SecurityContext said = PodPart.Read<SecurityContext>(step.SecurityContext) ?? new SecurityContext();
        bool isPrivileged = said.Privileged == true;
        return said with
        {
            // The API server refuses a privileged container that must not escalate.
            AllowPrivilegeEscalation = said.AllowPrivilegeEscalation ?? (isPrivileged ? null : false),
            Capabilities = isPrivileged ? said.Capabilities : new Capabilities { Add = said.Capabilities?.Add, Drop = said.Capabilities?.Drop ?? ["ALL"] },
        };
    }
}
