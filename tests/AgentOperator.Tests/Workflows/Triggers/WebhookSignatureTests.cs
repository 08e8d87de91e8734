using System.Text;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Webhooks;

namespace AgentOperator.Tests.Workflows.Triggers;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The example of GitHub's documentation.</summary>
    [Theory]
    [InlineData("Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", true)]
    [InlineData("Hello, World?", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData("Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData("Hello, World!", null, false)]
    public void GitHub_signs_the_body(string body, string? signature, bool isGood) =>
        (Problem(Of(WebhookSchemes.GitHub), "It's a Secret to Everybody", body, ("X-Hub-Signature-256", signature)) is null).ShouldBe(isGood);

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, true)]
    [InlineData("v1,bm8= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 299, true)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 301, false)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", -301, false)]
    [InlineData("v1,bm8=", 0, false)]
    [InlineData(null, 0, false)]
    public void Standard_signs_id_time_and_body_and_is_good_for_a_while(string? signature, int late, bool isGood) => (WebhookSignature.Problem(
        Of(WebhookSchemes.Standard),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"u8.ToArray(),
        Headers(("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"), ("webhook-signature", signature)),
        """{"test": 2432232314}"""u8.ToArray(),
        Now.AddSeconds(late)) is null).ShouldBe(isGood);

    [Fact]
    public void A_header_or_the_body_says_which_event_it_is()
    {
        byte[] body = "x"u8.ToArray();
        string digest = "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
        WebhookSignature.IdOf(Of(WebhookSchemes.GitHub), Headers(("X-GitHub-Delivery", "e1")), body).ShouldBe("e1");
        WebhookSignature.IdOf(Of(WebhookSchemes.GitHub), Headers(), body).ShouldBe(digest);
        WebhookSignature.IdOf(Of(WebhookSchemes.GitHub) with { EventId = WebhookEventIds.Body }, Headers(("X-GitHub-Delivery", "e1")), body).ShouldBe(digest);
        WebhookSignature.IdOf(Of(WebhookSchemes.Standard) with { IdHeader = "svix-id" }, Headers(("svix-id", "e1")), body).ShouldBe("e1");
    }

    private static WebhookTrigger Of(string scheme) => new() { SecretKeyRef = new() { Name = "s", Key = "k" }, Scheme = scheme, ReplayWindow = scheme == WebhookSchemes.Standard ? new Duration("5m") : null };

    private static string? Problem(WebhookTrigger webhook, string secret, string body, params (string Name, string? Value)[] headers) =>
        WebhookSignature.Problem(webhook, Encoding.UTF8.GetBytes(secret), Headers(headers), Encoding.UTF8.GetBytes(body), Now);

    private static Func<string, string?> Headers(params (string Name, string? Value)[] headers) => name => headers.FirstOrDefault(header => header.Name == name).Value;
}
