namespace AgentOperator.Kube.Transport;

/// <summary>Tells each <c>Warning</c> of the server once: deprecated versions, fields that do not exist, policies that only warn.</summary>
internal sealed class WarningHandler(Action<string> tell) : DelegatingHandler
{
    /// <summary>So many different ones are remembered; more are a server that writes names into them.</summary>
    private const int Most = 1000;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (System.Net.Http.Headers.WarningHeaderValue warning in response.Headers.Warning)
        {
            string text = Unquote(warning.Text);
            if (IsNew(text))
            {
                tell(text);
            }
        }

        return response;
    }

    private bool IsNew(string text)
    {
        lock (_gate)
        {
            return _told.Count < Most && _told.Add(text);
        }
    }

    /// <summary>RFC 9110 §5.6.4: a backslash stands before what is meant as it is.</summary>
    private static string Unquote(string text)
    {
        string inner = text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);
    }
}
