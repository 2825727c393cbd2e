using Gateway.Csp;
using Xunit;

namespace Gateway.Tests.Csp;

/// <summary>Each condition under which a nonce of the page is taken for the tag, alone.</summary>
public class NonceTests
{
    private static readonly ScriptAddress Script = new("https", "www.example.org", "/_choices", "/_choices/0123456789abcdef.js");

    [Theory]
    [InlineData("'nonce-abc'", true)]
    [InlineData("'NONCE-abc'", true)]
    [InlineData("'nonce-a'", true)]
    [InlineData("'nonce-'", false)]
    [InlineData("'nonce-abc", false)]
    [InlineData("'nonce-", false)]
    [InlineData("nonce-abc'", false)]
    [InlineData("'nonce-a,b'", false)]
    [InlineData("'nonce-a&b'", false)]
    public void A_nonce_is_what_browsers_take_for_one(string source, bool isNonce) =>
        Assert.Equal(
            isNonce ? PolicyVerdict.Allowed : PolicyVerdict.Refused,
            ScriptPolicy.Judge([$"script-src 'strict-dynamic' {source}"], Script).Verdict);

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Sixteen_nonces_are_tried(int count, bool isAllowed)
    {
        var nonces = string.Join(' ', Enumerable.Range(1, count).Select(i => $"'nonce-n{i}'"));
        var outcome = ScriptPolicy.Judge([$"script-src 'strict-dynamic' 'nonce-n{count}', script-src 'strict-dynamic' {nonces}"], Script);
        Assert.Equal(isAllowed ? PolicyVerdict.Allowed : PolicyVerdict.Refused, outcome.Verdict);
    }

    [Theory]
    [InlineData("default-src 'none' ", "default-src 'none'; script-src https://www.example.org/_choices/ ")]
    [InlineData(" default-src 'none'", " default-src 'none'; script-src https://www.example.org/_choices/")]
    public void White_space_around_a_policy_stays_where_it_was(string policy, string edited) =>
        Assert.Equal([edited], ScriptPolicy.Judge([policy], Script).Lines!);
}
