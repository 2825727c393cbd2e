using Gateway.Consent;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Consent;

/// <summary>What values of the consent cookie were read as is remembered for all sites, in few megabytes, whatever values clients invent.</summary>
public class KnownStatesTests
{
    private static readonly int Today = 20_780;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(Today);

    private static ConsentRules Rules() => new([Table.Asked("statistics", "_ga")], new ConsentCookieOptions());

    [Theory]
    [InlineData("")]
    [InlineData("~@a.1~@b.1~@c.1~@d.1~@e.1~@f.1~@g.1~@h.1~@i.1~@j.1~@k.1~@l.1~@m.1")]
    [InlineData("~a.b.1~b.b.1~c.b.1~d.b.1~e.b.1~f.b.1~g.b.1~h.b.1~i.b.1~j.b.1~k.b.1~l.b.1")]
    public void Forged_values_of_many_sites_take_bounded_memory(string rest)
    {
        var sites = Enumerable.Range(0, 100).Select(_ => Rules()).ToArray();
        using var known = new KnownStates(new FakeTimeProvider(Now));
        for (var i = 0; i < 60_000; i++)
        {
            var reading = ConsentCookie.Read($"cookies_preferences=g1.{Today}~x{i}.v.0{rest}", sites[i % sites.Length], Now, known);
            Assert.Equal(Today, reading.State.Day);
        }

        // A value with what was read from it takes about a kilobyte (measured).
        Assert.InRange(known.Count, 1, KnownStates.MostBytes / 900);
    }

    [Fact]
    public void A_value_is_remembered_for_the_rules_under_which_it_was_read()
    {
        using var known = new KnownStates(new FakeTimeProvider(Now));
        var (one, other) = (Rules(), Rules());
        var value = $"cookies_preferences=g1.{Today}";
        var state = ConsentCookie.Read(value, one, Now, known).State;
        Assert.Same(state, ConsentCookie.Read(value, one, Now, known).State);
        Assert.NotSame(state, ConsentCookie.Read(value, other, Now, known).State);
    }
}
