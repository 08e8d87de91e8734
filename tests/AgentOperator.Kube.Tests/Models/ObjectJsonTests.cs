using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Tests.Models;

public sealed class ObjectJsonTests
{
    [Fact]
    public void Fields_that_the_records_do_not_have_are_ignored_on_every_level()
    {
        string json = """{"apiVersion":"v2","kind":"Odd","new":1,"metadata":{"name":"a","new":{"deep":[1]}},"status":{"phase":"Running","new":null}}""";

        Pod pod = JsonSerializer.Deserialize(json, KubeJsonContext.Default.Pod)!;

        pod.Metadata.Name.ShouldBe("a");
        pod.Status!.Phase.ShouldBe("Running");
        (pod.ApiVersion, pod.Kind).ShouldBe(("v1", "Pod"));
    }

    [Fact]
    public void Absent_and_null_are_both_null_and_neither_is_written()
    {
        string json = """{"metadata":{"name":"a","labels":null},"data":null}""";

        ConfigMap map = JsonSerializer.Deserialize(json, KubeJsonContext.Default.ConfigMap)!;

        map.Data.ShouldBeNull();
        map.Immutable.ShouldBeNull();
        JsonSerializer.Serialize(map, KubeJsonContext.Default.ConfigMap).ShouldBe("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""");
    }

    [Fact]
    public void Empty_is_an_intent_and_is_written()
    {
        ConfigMap map = new() { Metadata = new ObjectMeta { Name = "a", Finalizers = [] }, Data = new Dictionary<string, string>() };

        JsonSerializer.Serialize(map, KubeJsonContext.Default.ConfigMap).ShouldBe("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":[]},"data":{}}""");
    }

    [Fact]
    public void Managed_fields_are_dropped()
    {
        string json = """{"metadata":{"name":"a","managedFields":[{"manager":"m","fieldsV1":{"f:data":{}}}]}}""";

        ConfigMap map = JsonSerializer.Deserialize(json, KubeJsonContext.Default.ConfigMap)!;

        JsonSerializer.Serialize(map, KubeJsonContext.Default.ConfigMap).ShouldNotContain("managedFields");
    }

    [Fact]
    public void Values_of_enumerations_that_are_not_known_yet_survive() =>
        JsonSerializer.Deserialize("""{"status":{"phase":"Hibernating"}}""", KubeJsonContext.Default.Pod)!.Status!.Phase.ShouldBe("Hibernating");

    [Fact]
    public void Large_generations_are_exact() =>
        JsonSerializer.Deserialize("""{"metadata":{"generation":9007199254740993}}""", KubeJsonContext.Default.Pod)!.Metadata.Generation.ShouldBe(9007199254740993);

    [Fact]
    public void Text_of_any_script_survives()
    {
        ConfigMap map = new() { Data = new Dictionary<string, string> { ["ключ"] = "\0\u2028<&>\"\\ 𝄞" } };

        string json = JsonSerializer.Serialize(map, KubeJsonContext.Default.ConfigMap);

        JsonSerializer.Deserialize(json, KubeJsonContext.Default.ConfigMap)!.Data.ShouldBe(map.Data);
    }

    [Fact]
    public void The_controlling_owner_is_the_one_that_says_so()
    {
        Job job = JsonSerializer.Deserialize("""
            {"metadata":{"ownerReferences":[
              {"apiVersion":"v1","kind":"A","name":"a","uid":"1"},
              {"apiVersion":"v1","kind":"B","name":"b","uid":"2","controller":false},
              {"apiVersion":"v1","kind":"C","name":"c","uid":"3","controller":true}]}}
            """, KubeJsonContext.Default.Job)!;

        job.ControllerOwner()!.Uid.ShouldBe("3");
    }
}
