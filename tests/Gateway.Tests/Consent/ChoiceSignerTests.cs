using Gateway.Consent;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Consent;

/// <summary>With a key, a choice counts only if this site has signed it for this host. No change of a signed value grants anything.</summary>
public class ChoiceSignerTests
{
    private const int Today = 20_780;
    private const string Key = "0123456789abcdef0123456789abcdef", Other = "fedcba9876543210fedcba9876543210";

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(Today);
    private static readonly ConsentCookieOptions Options = new() { SigningKeys = [Key] };
    private static readonly ConsentRules Rules = new([Table.Asked("statistics", "_ga")], Options);
    private static readonly string Granted = $"g1.{Today}~statistics.{Rules.Versions["statistics"]}.1";

    private static string Signed(string host = "www.example.org", ConsentCookieOptions? options = null) => new ChoiceSigner(options ?? Options, host).Sign(Granted);

    private static ConsentReading Read(string value, string host = "www.example.org", ConsentCookieOptions? options = null) =>
        ConsentCookie.Read($"cookies_preferences={value}", Rules, Now, known: null, ChoiceSigner.For(options ?? Options, host));

    private static bool Grants(ConsentReading reading) => reading.State.AnswerFor("statistics") == Answer.Granted;

    [Fact]
    public void Equal_choices_have_equal_bytes_and_count()
    {
        Assert.Equal(Signed(), Signed());
        Assert.Equal(Granted.Length + ChoiceSigner.Length, Signed().Length);
        Assert.True(Grants(Read(Signed())));
        Assert.True(Grants(Read(Signed("WWW.example.org."))));
    }

    [Fact]
    public void A_value_of_another_host_cookie_or_key_or_without_a_signature_counts_as_none()
    {
        string[] values =
        [
            Granted, Granted + "~.", Granted + "~.AAAAAAAAAAAAAAAAAAAAAA", Signed("evil.example.org"), Signed("example.org"), Signed() + "~.",
            Signed(options: new() { SigningKeys = [Other] }), Signed(options: new() { Name = "other", SigningKeys = [Key] }), Signed()[..^1], "~." + Signed(),
            Signed() + Signed()[^ChoiceSigner.Length..],
        ];
        foreach (var value in values)
        {
            var reading = Read(value);
            Assert.Equal((value, false, null, true), (value, Grants(reading), reading.State.Day, reading.HasForeign));
        }
    }

    [Fact]
    public void No_flipped_bit_and_no_other_character_ever_grants()
    {
        var signed = Signed();
        for (var at = 0; at < signed.Length; at++)
        {
            for (var code = 0x21; code < 0x7F; code++)
            {
                var forged = $"{signed[..at]}{(char)code}{signed[(at + 1)..]}";
                Assert.Equal(forged == signed, Grants(Read(forged)));
            }

            Assert.False(Grants(Read(signed.Remove(at, 1))));
            Assert.False(Grants(Read(signed.Insert(at, "1"))));
        }
    }

    [Fact]
    public void Hosts_that_share_a_choice_share_its_signature()
    {
        var options = new ConsentCookieOptions { Domain = "example.org", SigningKeys = [Key] };
        Assert.Equal(Signed("a.example.org", options), Signed("b.example.org", options));
        Assert.True(Grants(Read(Signed("a.example.org", options), "example.org", options)));
    }

    [Fact]
    public void A_new_key_signs_and_the_previous_one_is_still_valid()
    {
        var before = Signed();
        var rotated = new ConsentCookieOptions { SigningKeys = [Other, Key] };
        Assert.NotEqual(before, Signed(options: rotated));
        Assert.True(Grants(Read(before, options: rotated)));
        Assert.True(Grants(Read(Signed(options: rotated), options: rotated)));
        Assert.False(Grants(Read(before, options: new() { SigningKeys = [Other] })));
    }

    [Fact]
    public void Without_a_key_a_signature_is_ignored() => Assert.True(Grants(Read(Signed(), options: new())));
}
