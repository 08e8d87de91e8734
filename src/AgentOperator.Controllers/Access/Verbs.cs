namespace AgentOperator.Controllers.Access;

/// <summary>What can be done to a resource, as RBAC names it.</summary>
public static class Verbs
{
    public const string Create = "create";
    public const string Delete = "delete";
    public const string Get = "get";
    public const string List = "list";
    public const string Patch = "patch";
    public const string Update = "update";
    public const string Watch = "watch";
}
