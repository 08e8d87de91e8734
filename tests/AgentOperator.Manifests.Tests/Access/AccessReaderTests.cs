using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Manifests.Access;

namespace AgentOperator.Manifests.Tests.Access;

public sealed class AccessReaderTests
{
    [RequiresAccess<Pod>(Verbs.Watch, Verbs.List)]
    [RequiresAccess<Job>(Verbs.Create)]
    [RequiresAccess<Job>(Verbs.Patch, Subresource = "status")]
    private sealed class One;

    [RequiresAccess<Pod>(Verbs.Get, Verbs.List)]
    private sealed class Other;

    [RequiresAccess<Pod>("*")]
    private sealed class Everything;

    [RequiresAccess<Pod>]
    private sealed class Nothing;

    [RequiresAccess<Pod>(Verbs.Get, InOwnNamespace = true)]
    [RequiresAccess<Pod>(Verbs.Patch, InOwnNamespace = true)]
    private sealed class Narrow;

    private sealed class ReadsSecretsAttribute() : RequiresAccessAttribute(new ResourceDefinition("", "v1", "secrets", "Secret"), ["get", "watch"]);

    [ReadsSecrets]
    private sealed class Nosy;

    private sealed class Silent : IReconciler<Job>
    {
        public Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation) => throw new NotSupportedException();
    }

    [Fact]
    public void WhatSeveralDeclareIsOneRule() =>
        AccessReader.Read([typeof(Other), typeof(One), typeof(string)]).Select(rule => $"{rule.Group}/{rule.Resource}: {string.Join(' ', rule.Verbs)}")
            .ShouldBe(["/pods: get list watch", "batch/jobs: create", "batch/jobs/status: patch"]);

    [Fact]
    public void RulesOfTheOwnNamespaceStayThere() =>
        AccessReader.Read([typeof(Narrow), typeof(Other)]).Select(rule => $"{rule.InOwnNamespace}: {string.Join(' ', rule.Verbs)}")
            .ShouldBe(["True: get patch", "False: get list"]);

    [Fact]
    public void AReconcilerThatDeclaresNothingIsRefused() => Fault<Silent>().ShouldStartWith("Silent is a reconciler and declares no access");

    [Fact]
    public void AVerbForEverythingIsRefused() => Fault<Everything>().ShouldStartWith("access to pods: \"*\" is not one of create,");

    [Fact]
    public void NoVerbIsRefused() => Fault<Nothing>().ShouldBe("access to pods names no verb");

    [Fact]
    public void SecretsAreNeverListed() => Fault<Nosy>().ShouldStartWith("secrets are read by name, never listed");

    private static string Fault<T>() => Should.Throw<RefusedException>(() => AccessReader.Read([typeof(T)])).Faults.ShouldHaveSingleItem();
}
