namespace AgentOperator.Local.Dapr;

/// <summary>Which Dapr the stand-in behaves as.</summary>
internal static class DaprVersion
{
    /// <summary>The release whose HTTP API and injector are reproduced.</summary>
    public const string Text = "1.18.3";

    public const string SidecarImage = "daprio/daprd:" + Text;

    public const string InjectorImage = "daprio/injector:" + Text;
}
