using System.Net;
using Gateway.Edge.Admission;
using Xunit;

namespace Gateway.Tests.Edge.Admission;

/// <summary>Who loses a connection when there is no memory for all.</summary>
public class EvictionTests
{
    private static readonly IPAddress Greedy = IPAddress.Parse("192.0.2.1"), Modest = IPAddress.Parse("192.0.2.2");

    // The timestamp of a holder is the number of seconds since it made progress.
    private static Holder Of(IPAddress client, long bytes, long seconds, bool isNew = false)
    {
        var holder = new Holder(client, () => { }, seconds) { IsNew = isNew };
        holder.Add(bytes);
        return holder;
    }

    private static List<Holder> Choose(long bytes, params Holder[] holders) => Eviction.Choose(holders, bytes, seconds => seconds);

    [Fact]
    public void The_client_that_holds_most_loses_first()
    {
        var modest = Of(Modest, 900, 2);
        Holder[] greedy = [Of(Greedy, 500, 2), Of(Greedy, 600, 2)];
        Assert.Equal([greedy[1]], Choose(1, [modest, .. greedy]));
    }

    [Fact]
    public void Of_one_client_what_has_waited_longest_is_lost_first()
    {
        Holder[] all = [Of(Greedy, 500, 1), Of(Greedy, 500, 3), Of(Greedy, 500, 2)];
        Assert.Equal([all[1], all[2]], Choose(1000, all));
    }

    [Fact]
    public void A_request_that_makes_progress_is_not_lost_for_a_small_connection_that_waits()
    {
        var waits = Of(Greedy, 16_000, 10);
        Assert.Equal([waits], Choose(1, Of(Modest, 150_000, 0), waits));
    }

    [Fact]
    public void A_client_that_holds_much_and_is_always_busy_loses_before_one_whose_handshake_takes_long()
    {
        Holder handshake = Of(Modest, 130_000, 3, isNew: true), busy = Of(Greedy, 17_000_000, 0);
        Assert.Equal([busy], Choose(1, handshake, busy));
    }

    [Fact]
    public void A_quiet_stream_of_hours_counts_as_one_of_seconds()
    {
        Holder[] flood = [.. Enumerable.Range(0, 100).Select(_ => Of(Greedy, 16_000, 5, isNew: true))];
        Assert.DoesNotContain(Choose(160_000, [Of(Modest, 40_000, 36_000), .. flood]), victim => victim.Client!.Equals(Modest));
    }

    [Fact]
    public void A_connection_that_never_completed_a_request_is_lost_before_one_that_did()
    {
        Holder served = Of(Greedy, 500, 3), silent = Of(Greedy, 500, 1, isNew: true);
        Assert.Equal([silent], Choose(1, served, silent));
    }

    [Fact]
    public void As_many_are_lost_as_are_needed_and_all_if_they_are_not_enough()
    {
        Holder[] all = [.. Enumerable.Range(0, 10).Select(at => Of(new IPAddress(at), 100, 1))];
        Assert.Equal(3, Choose(201, all).Count);
        Assert.Equal(10, Choose(5_000, all).Count);
        Assert.Empty(Choose(0, all));
    }
}
