using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Consent;

public class PolicyVersionTests
{
    private static readonly CookieEntry One = Table.Asked("statistics", "_ga", "_gid"), Other = Table.Asked("statistics", "_x");

    private static readonly string Version = PolicyVersion.Of([One, Other]);

    [Fact]
    public void It_has_six_letters_of_base64url_and_the_same_ones_on_every_replica()
    {
        Assert.Matches("^[A-Za-z0-9_-]{6}$", Version);
        Assert.Equal(Version, PolicyVersion.Of([One with { }, Other with { }]));
    }

    /// <summary>What changes what a visitor agrees to: each part alone.</summary>
    public static TheoryData<string> Material => ["provider", "kind", "a name more", "a name less", "another name", "domain", "sold or shared", "an entry more", "an entry less"];

    [Theory, MemberData(nameof(Material)), Requirement(26)]
    public void What_a_visitor_agrees_to_changes_it(string what) => Assert.NotEqual(Version, PolicyVersion.Of(what switch
    {
        "provider" => [One with { Provider = "Somebody else" }, Other],
        "kind" => [One with { Kind = EntryKind.LocalStorage }, Other],
        "a name more" => [One with { Names = ["_ga", "_gid", "_gat"] }, Other],
        "a name less" => [One with { Names = ["_ga"] }, Other],
        "another name" => [One with { Names = ["_ga", "_gie"] }, Other],
        "domain" => [One with { Domain = "example.org" }, Other],
        "sold or shared" => [One with { SaleOrShare = true }, Other],
        "an entry more" => [One, Other, Table.Asked("statistics", "_y")],
        _ => [One],
    }));

    /// <summary>What does not: the wording, how long and where, the order, what is exempt.</summary>
    public static TheoryData<string> Immaterial =>
        ["order of entries", "order of names", "the same twice", "purpose", "function", "location", "privacy policy", "country", "path", "duration", "an exempt entry"];

    [Theory, MemberData(nameof(Immaterial)), Requirement(26)]
    public void Anything_else_does_not(string what) => Assert.Equal(Version, PolicyVersion.Of(what switch
    {
        "order of entries" => [Other, One],
        "order of names" => [One with { Names = ["_gid", "_ga"] }, Other],
        "the same twice" => [One, Other, One],
        "purpose" => [One with { Purpose = Words }, Other],
        "function" => [One with { Function = Words }, Other],
        "location" => [One with { Location = Words }, Other],
        "privacy policy" => [One with { PrivacyPolicy = "https://example.org/privacy" }, Other],
        "country" => [One with { Country = "US", TransferBasis = Words }, Other],
        "path" => [One with { Path = "/shop" }, Other],
        "duration" => [One with { Duration = new Duration(1, DurationUnit.Day) }, Other],
        _ => [One, Other, Table.Necessary("sid"), Table.Audience("13 months", "_pk_id*")],
    }));

    [Fact]
    public void Names_cannot_be_moved_from_one_part_to_the_next_without_changing_it() => Assert.NotEqual(
        PolicyVersion.Of([Table.Asked("statistics", "a") with { Provider = "b", Domain = "c" }]),
        PolicyVersion.Of([Table.Asked("statistics", "ac") with { Provider = "b" }]));

    [Fact]
    public void Each_category_has_a_version_of_its_own()
    {
        var rules = new ConsentRules([One, Table.Asked("video", "_ga", "_gid"), Table.Necessary("sid")], new ConsentCookieOptions());
        Assert.Equal(["statistics", "video"], rules.Versions.Keys.Order());
        Assert.Equal(PolicyVersion.Of([One]), rules.Versions["statistics"]);
    }

    private static Dictionary<string, string> Words => new() { ["en"] = "Other words" };
}
