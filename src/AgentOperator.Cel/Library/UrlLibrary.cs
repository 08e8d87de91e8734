using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Library;

/// <summary>URLs, as Kubernetes has them.</summary>
internal static class UrlLibrary
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("url", CelType.String, Url.CelType, static (in text, ref context) =>
        {
            context.ChargeText(text.Text.Length);
            return Url.TryParse(text.Text, out Url? url) ? CelValue.From(url) : CelValue.Error($"URL parse error: {text} is neither an absolute URL nor an absolute path");
        }),
        Fn.Of("isURL", CelType.String, CelType.Bool, static (in text, ref context) =>
        {
            context.ChargeText(text.Text.Length);
            return CelValue.From(Url.TryParse(text.Text, out _));
        }),
        Part("getScheme", static url => url.Scheme),
        Part("getHost", static url => url.Host),
        Part("getHostname", static url => url.Hostname),
        Part("getPort", static url => url.Port),
        Part("getEscapedPath", static url => url.EscapedPath),
        Fn.Method("getQuery", Url.CelType, CelType.Map(CelType.String, CelType.List(CelType.String)), static (in url, ref context) =>
        {
            OrderedDictionary<CelValue, CelValue> made = [];
            foreach (IGrouping<string, string> group in ((Url)url.Reference!).Query())
            {
                context.ChargeGrowth(made.Count + 1);
                made.Add(CelValue.From(group.Key), CelValue.From(group.Select(static value => CelValue.From(value)).ToArray()));
            }

            return CelValue.From(new ValueMap(made));
        }),
    ];

    private static CelFunction Part(string name, Func<Url, string> part) => Fn.Method(name, Url.CelType, CelType.String, (in url, ref _) => CelValue.From(part((Url)url.Reference!)));
}
