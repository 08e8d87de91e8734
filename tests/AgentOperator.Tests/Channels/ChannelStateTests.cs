using AgentOperator.Channels;

namespace AgentOperator.Tests.Channels;

public sealed class ChannelStateTests
{
    [Fact]
    public void Nobody_has_to_wait_to_learn_that_there_is_no_channel_yet_and_why()
    {
        ChannelState state = new();
        (state.TryGet(out _), state.HasFailed).ShouldBe((false, false));

        state.Fail("the port is taken");
        (state.TryGet(out _), state.HasFailed, state.Problem).ShouldBe((false, true, "the port is taken"));

        ChannelAccess access = new("https://operator", "pem");
        state.Open(access);
        state.TryGet(out ChannelAccess? found).ShouldBeTrue();
        (found, state.Problem).ShouldBe((access, null));
    }

    [Fact]
    public void An_operator_that_is_to_have_none_is_ready_without()
    {
        ChannelState state = new();

        state.Close();

        state.TryGet(out ChannelAccess? found).ShouldBeTrue();
        (found, state.Problem).ShouldBe((null, null));
    }
}
