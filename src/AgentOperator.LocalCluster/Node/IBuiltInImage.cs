namespace AgentOperator.Local.Node;

/// <summary>An image whose program is a part of this process.</summary>
internal interface IBuiltInImage
{
    IContainerProcess Start(BuiltInContainer container);
}
