using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Node;
using AgentOperator.Local.Node.Config;

namespace AgentOperator.Local.Tests.Node;

public sealed class ContainerCommandTests
{
    private static readonly PodAddress Address = new("local", "127.0.0.1", "127.20.0.1");

    private static readonly LocalImage Image = new()
    {
        Entrypoint = ["entry"],
        Cmd = ["cmd"],
        Env = new Dictionary<string, string> { ["PATH"] = "/opt/bin", ["FROM_IMAGE"] = "image" },
        WorkingDir = "/src",
    };

    [Theory]
    [InlineData(null, null, "entry cmd")]
    [InlineData("c", null, "c")]
    [InlineData(null, "a", "entry a")]
    [InlineData("c", "a", "c a")]
    public void Command_replaces_the_entry_point_and_args_the_command(string? command, string? args, string expected)
    {
        Container container = new() { Name = "main", Command = command is null ? null : [command], Args = args is null ? null : [args] };
        string.Join(' ', Create(container).Line).ShouldBe(expected);
    }

    [Fact]
    public void Variables_see_those_before_them_and_not_the_images()
    {
        ContainerCommand command = Create(new Container
        {
            Name = "main",
            Args = ["$(B)", "$(FROM_IMAGE)"],
            Env = [new EnvVar { Name = "A", Value = "1" }, new EnvVar { Name = "B", Value = "$(A)$(LATER)" }, new EnvVar { Name = "LATER", Value = "2" }],
        });
        command.Line.ShouldBe(["entry", "1$(LATER)", "$(FROM_IMAGE)"]);
        command.Environment["FROM_IMAGE"].ShouldBe("image");
        command.Environment["PATH"].ShouldBe("/opt/bin");
        command.WorkingDir.ShouldBe("/src");
    }

    [Theory]
    [InlineData("metadata.name", "pod")]
    [InlineData("metadata.namespace", "ns")]
    [InlineData("metadata.uid", "uid")]
    [InlineData("metadata.labels['team']", "blue")]
    [InlineData("metadata.annotations['note']", "x")]
    [InlineData("metadata.annotations['absent']", "")]
    [InlineData("status.podIP", "127.20.0.1")]
    [InlineData("spec.nodeName", "local")]
    [InlineData("spec.serviceAccountName", "runner")]
    public void Fields_of_the_pod_become_variables(string path, string expected)
    {
        Container container = new() { Name = "main", Env = [new EnvVar { Name = "V", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } } }] };
        Create(container).Environment["V"].ShouldBe(expected);
    }

    [Fact]
    public void A_container_without_a_command_is_an_error() =>
        Should.Throw<ContainerConfigException>(() => ContainerCommand.Create(Pod(), new Container { Name = "main", Image = "empty" }, new LocalImage(), Address, ConfigSnapshot.Empty, NoServices)).Message.ShouldContain("no command");

    private static ContainerCommand Create(Container container) => ContainerCommand.Create(Pod(), container, Image, Address, ConfigSnapshot.Empty, NoServices);

    private static Dictionary<string, string> NoServices => [];

    private static Pod Pod() => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "pod",
            Namespace = "ns",
            Uid = "uid",
            Labels = new Dictionary<string, string> { ["team"] = "blue" },
            Annotations = new Dictionary<string, string> { ["note"] = "x" },
        },
        Spec = new PodSpec { ServiceAccountName = "runner" },
    };
}
