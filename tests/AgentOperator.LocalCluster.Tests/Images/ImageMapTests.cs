using System.Text;
using AgentOperator.Local.Images;

namespace AgentOperator.Local.Tests.Images;

public sealed class ImageMapTests
{
    [Fact]
    public void The_very_name_wins_then_the_longest_pattern()
    {
        ImageMap map = Parse("""{ "images": { "*": { "cmd": ["any"] }, "repo/*": { "cmd": ["repo"] }, "repo/a:1": { "cmd": ["exact"] } } }""");
        map.Find("repo/a:1")!.Cmd.ShouldBe(["exact"]);
        map.Find("repo/b:2")!.Cmd.ShouldBe(["repo"]);
        map.Find("other")!.Cmd.ShouldBe(["any"]);
        Parse("""{ "images": {} }""").Find("other").ShouldBeNull();
    }

    [Fact]
    public void Sources_are_relative_to_the_file_and_know_the_environment()
    {
        ImageMap map = Parse("""{ "images": { "i": { "mounts": [ { "source": "../bin", "path": "/a" }, { "source": "${HOME}/x", "path": "/b", "readOnly": false } ] } } }""");
        map.Find("i")!.Mounts.ShouldBe([new ImageMount { Source = "/etc/bin", Path = "/a" }, new ImageMount { Source = "/home/me/x", Path = "/b", ReadOnly = false }]);
    }

    [Theory]
    [InlineData("{", "/etc/agents/images.json, line 1:")]
    [InlineData("{ \"images\": {\n \"i\": { \"comand\": [] } } }", "/etc/agents/images.json, line 2:")]
    [InlineData("{ }", "images")]
    [InlineData("""{ "images": { "i": { "mounts": [ { "source": "${NOT_SET}", "path": "/a" } ] } } }""", "${NOT_SET}")]
    [InlineData("""{ "images": { "i": { "mounts": [ { "source": "a", "path": "b" } ] } } }""", "is not absolute")]
    public void A_wrong_file_is_refused_with_its_place(string json, string message) =>
        Should.Throw<LocalClusterException>(() => Parse(json)).Message.ShouldContain(message);

    private static ImageMap Parse(string json) =>
        ImageMap.Parse("/etc/agents/images.json", Encoding.UTF8.GetBytes(json), static name => name == "HOME" ? "/home/me" : null);
}
