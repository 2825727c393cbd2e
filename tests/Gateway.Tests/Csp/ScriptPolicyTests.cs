using Gateway.Csp;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Csp;

/// <summary>Extending the policy of a page by a source for the gateway's script.</summary>
public class ScriptPolicyTests
{
    private const string Ours = "https://www.example.org/_choices/";

    private static readonly ScriptAddress Script = new("https", "www.example.org", "/_choices", "/_choices/0123456789abcdef.js");

    [Theory, Row("G5", "G8")]
    [InlineData("")]
    [InlineData(";; ;")]
    [InlineData("img-src 'none'; upgrade-insecure-requests; frame-ancestors 'none'")]
    [InlineData("sandbox allow-forms")]
    [InlineData("default-src 'self'")]
    [InlineData("default-src 'none'; script-src 'self' 'unsafe-inline'")]
    [InlineData("script-src 'none'; script-src-elem https:")]
    [InlineData("script-src *")]
    [InlineData("script-src http:")]
    [InlineData("script-src www.example.org")]
    [InlineData("script-src WWW.EXAMPLE.ORG:443")]
    [InlineData("script-src www.example.org:*")]
    [InlineData("script-src *.example.org")]
    [InlineData("script-src http://www.example.org")]
    [InlineData("script-src http://www.example.org:80")]
    [InlineData("script-src https://www.example.org/")]
    [InlineData("script-src https://www.example.org/_choices/")]
    [InlineData("script-src https://www.example.org/_choices/0123456789abcdef.js")]
    [InlineData("script-src https://www.example.org/%5fchoices/")]
    [InlineData("SCRIPT-SRC\t'SELF'")]
    [InlineData("script-src 'self'; script-src 'none'")]
    public void A_policy_that_allows_the_script_is_not_changed(string policy) => Assert.Equal(default, ScriptPolicy.Judge([policy], Script));

    [Theory, Row("G1", "G5", "G6")]
    [InlineData("script-src 'none'", "script-src {0}")]
    [InlineData("script-src 'NONE' ; img-src *", "script-src {0} ; img-src *")]
    [InlineData("script-src", "script-src {0}")]
    [InlineData("script-src\t'none'", "script-src\t{0}")]
    [InlineData("script-src x'none'y", "script-src x'none'y {0}")]
    [InlineData("script-src 'unsafe-inline' 'unsafe-eval'", "script-src 'unsafe-inline' 'unsafe-eval' {0}")]
    [InlineData("script-src 'sha256-AAAA='; style-src 'self'", "script-src 'sha256-AAAA=' {0}; style-src 'self'")]
    [InlineData("script-src cdn.example.net", "script-src cdn.example.net {0}")]
    [InlineData("script-src example.org", "script-src example.org {0}")]
    [InlineData("script-src *.www.example.org", "script-src *.www.example.org {0}")]
    [InlineData("script-src https://www.example.org:8443", "script-src https://www.example.org:8443 {0}")]
    [InlineData("script-src https://www.example.org/_choices", "script-src https://www.example.org/_choices {0}")]
    [InlineData("script-src https://www.example.org/js/", "script-src https://www.example.org/js/ {0}")]
    [InlineData("script-src wss: data: blob:", "script-src wss: data: blob: {0}")]
    [InlineData("script-src 'self' ; script-src-elem 'none'", "script-src 'self' ; script-src-elem {0}")]
    [InlineData("default-src 'none'", "default-src 'none'; script-src {0}")]
    [InlineData("default-src 'none';", "default-src 'none'; script-src {0}")]
    [InlineData("default-src 'unsafe-inline' data:; img-src *", "default-src 'unsafe-inline' data:; img-src *; script-src 'unsafe-inline' data: {0}")]
    [InlineData("  Default-Src  x.test  ", "  Default-Src  x.test; script-src  x.test {0}  ")]
    public void A_policy_that_blocks_the_script_gets_a_source_for_its_path_and_no_other_change(string policy, string edited)
    {
        var outcome = ScriptPolicy.Judge([policy], Script);
        Assert.Equal((PolicyVerdict.AllowedIfEdited, null), (outcome.Verdict, outcome.Nonce));
        Assert.Equal([string.Format(System.Globalization.CultureInfo.InvariantCulture, edited, Ours)], outcome.Lines!);
        Assert.Equal(default, ScriptPolicy.Judge(outcome.Lines!, Script));
    }

    [Theory, Row("G2")]
    [InlineData("script-src 'nonce-abc123'", "abc123")]
    [InlineData("script-src 'strict-dynamic' 'nonce-a+/=_-' https:", "a+/=_-")]
    [InlineData("default-src 'nonce-one' 'nonce-two'", "one")]
    [InlineData("script-src 'unsafe-inline' 'nonce-abc'", "abc")]
    public void The_nonce_of_the_page_is_used(string policy, string nonce) =>
        Assert.Equal(new PolicyOutcome(PolicyVerdict.Allowed, nonce), ScriptPolicy.Judge([policy], Script));

    [Theory, Row("G3", "G16")]
    [InlineData("script-src 'strict-dynamic'")]
    [InlineData("script-src 'self' 'STRICT-DYNAMIC' 'sha256-AAAA='")]
    [InlineData("default-src https: 'strict-dynamic' 'nonce-'")]
    [InlineData("script-src 'strict-dynamic' 'nonce-a\"b'")]
    [InlineData("script-src 'strict-dynamic' 'nonce-a>b'")]
    public void A_policy_with_strict_dynamic_and_no_usable_nonce_refuses_the_script(string policy) =>
        Assert.Equal(PolicyVerdict.Refused, ScriptPolicy.Judge([policy], Script).Verdict);

    [Fact, Row("G4")]
    public void Every_policy_must_allow_the_script()
    {
        string[] lines = ["script-src 'none', default-src 'self'", "script-src 'nonce-n' 'strict-dynamic',script-src x.test"];
        var outcome = ScriptPolicy.Judge(lines, Script);
        Assert.Equal((PolicyVerdict.AllowedIfEdited, "n"), (outcome.Verdict, outcome.Nonce));
        Assert.Equal([$"script-src {Ours}, default-src 'self'", $"script-src 'nonce-n' 'strict-dynamic',script-src x.test {Ours}"], outcome.Lines!);
    }

    [Fact, Row("G4")]
    public void A_nonce_that_all_policies_contain_is_preferred()
    {
        Assert.Equal(
            new PolicyOutcome(PolicyVerdict.Allowed, "both"),
            ScriptPolicy.Judge(["script-src 'nonce-one' 'nonce-both', script-src 'nonce-both' 'nonce-two'"], Script));
        Assert.Equal(
            PolicyVerdict.Refused,
            ScriptPolicy.Judge(["script-src 'strict-dynamic' 'nonce-one', script-src 'strict-dynamic' 'nonce-two'"], Script).Verdict);
    }

    [Fact, Row("G7")]
    public void A_report_only_policy_is_extended_unless_it_contains_the_nonce_of_the_tag()
    {
        Assert.Equal(default, ScriptPolicy.JudgeFor("n", ["script-src 'nonce-n'"], Script) with { Nonce = null });
        Assert.Equal([$"script-src 'nonce-m' {Ours}"], ScriptPolicy.JudgeFor("n", ["script-src 'nonce-m'"], Script).Lines!);
        Assert.Equal([$"script-src 'nonce-m' {Ours}"], ScriptPolicy.JudgeFor(null, ["script-src 'nonce-m'"], Script).Lines!);
    }

    [Theory]
    [InlineData("http", "localhost:8080", "http://localhost:8080", true)]
    [InlineData("http", "localhost:8080", "http://localhost", false)]
    [InlineData("http", "localhost:80", "localhost", true)]
    [InlineData("http", "localhost", "https://localhost", false)]
    [InlineData("https", "localhost:443", "http:", true)]
    public void Schemes_and_ports_match_as_in_browsers(string scheme, string authority, string source, bool matches) =>
        Assert.Equal(matches, new ScriptAddress(scheme, authority, "/_choices", "/_choices/0.js").Matches(source));

    [Theory, Row("G16")]
    [InlineData("[::1]:8080")]
    [InlineData("a;b")]
    [InlineData("a,b")]
    [InlineData("a 'unsafe-inline'")]
    [InlineData("")]
    public void A_host_that_cannot_be_written_as_a_source_is_refused(string authority) =>
        Assert.Equal(PolicyVerdict.Refused, ScriptPolicy.Judge(["script-src 'none'"], new ScriptAddress("http", authority, "/_choices", "/_choices/0.js")).Verdict);

    [Fact]
    public void A_policy_header_that_is_too_long_is_refused() =>
        Assert.Equal(PolicyVerdict.Refused, ScriptPolicy.Judge([new string(',', 20_000)], Script).Verdict);
}
