using Gateway.Config;
using Gateway.Config.Changes;
using Xunit;
using static Gateway.Tests.Support.World;

namespace Gateway.Tests.Config.Changes;

public sealed class ConfigChangesTests
{
    private const string Observed = "\"mode\": \"observe\", \"observeUntil\": \"2026-12-01\",";

    [Fact]
    public void Changes_of_wording_order_and_appearance_have_no_effect_on_visitors() => Check(
        Site(cookies: Asked("a", "statistics") + Asked("b", "statistics") + Necessary("s")),
        Site("\"banner\": { \"position\": \"top\" },", Necessary("s") + Asked("b", "statistics") + Asked("a", "statistics").Replace("Why", "What for", StringComparison.Ordinal)),
        "Nothing changes for visitors.");

    [Fact]
    public void A_new_category_is_asked_of_every_visitor() => Check(
        Site(cookies: Necessary("s")),
        Site(cookies: Necessary("s") + Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked about the new category "statistics".
        Site "portal": "a" was refused and is now allowed only with consent to "statistics".
        """);

    [Fact]
    public void A_new_provider_or_name_in_a_category_is_asked_again() => Check(
        Site(cookies: Asked("a", "statistics") + Asked("v", "video", "One")),
        Site(cookies: Asked("a", "statistics") + Asked("b", "statistics") + Asked("v", "video", "Two")),
        """
        Site "portal": visitors who answered about "statistics" are asked again: "b" of Owner is new.
        Site "portal": visitors who answered about "video" are asked again: "v" of Two is new; "v" of One was removed.
        Site "portal": "b" was refused and is now allowed only with consent to "statistics".
        """);

    [Fact]
    public void A_name_that_is_no_longer_listed_is_refused() => Check(
        Site(cookies: Necessary("s") + Asked("a", "statistics")),
        Site(cookies: Necessary("t")),
        """
        Site "portal": visitors are no longer asked about "statistics".
        Site "portal": "s" is now refused: it is no longer listed.
        Site "portal": "a" is now refused: it is no longer listed.
        Site "portal": "t" was refused and is now allowed without consent.
        """);

    [Fact]
    public void An_entry_for_the_consent_cookie_has_no_effect_on_visitors() => Check(
        Site(cookies: Necessary("cookies_preferences", "6 months").Replace("security", "choice", StringComparison.Ordinal)),
        Site(),
        "Nothing changes for visitors.");

    [Fact]
    public void A_name_that_is_replaced_by_a_matching_pattern_stays_allowed() => Check(
        Site(cookies: Necessary("session_a")),
        Site(cookies: Necessary("session_*")),
        "Site \"portal\": \"session_*\" was refused and is now allowed without consent.");

    [Fact]
    public void An_entry_that_loses_its_exemption_is_only_allowed_with_consent() => Check(
        Site(cookies: Necessary("a", "12 months")),
        Site(cookies: Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked about the new category "statistics".
        Site "portal": "a" is now allowed only with consent to "statistics" (previously without consent).
        """);

    [Fact]
    public void Shorter_and_longer_durations_are_described() => Check(
        Site(cookies: Necessary("a", "14 days") + Necessary("b", "1 day")),
        Site(cookies: Necessary("a", "session") + Necessary("b", "2 days")),
        """
        Site "portal": "a" is kept for a shorter time: session (previously 14 days).
        Site "portal": "b" may be kept for a longer time: 2 days (previously 1 day).
        """);

    [Fact]
    public void Nothing_is_said_to_be_refused_or_asked_while_the_site_is_observed() => Check(
        Site(Observed, Necessary("s")),
        Site(Observed, Necessary("t") + Asked("a", "statistics")),
        """
        Site "portal": once it is enforced, every visitor is asked about the new category "statistics".
        Site "portal": once it is enforced, "s" is refused: it is no longer listed.
        Site "portal": once it is enforced, "t" is allowed without consent: it was not listed.
        Site "portal": once it is enforced, "a" is allowed only with consent to "statistics": it was not listed.
        """);

    [Fact]
    public void The_end_of_an_observation_does_not_say_that_something_was_refused() => Check(
        Site(Observed, Necessary("s")),
        Site(cookies: Necessary("t")),
        """
        Site "portal": everything that is not granted is now removed (the mode was observe).
        Site "portal": "s" is refused: it is no longer listed.
        Site "portal": "t" is allowed without consent: it was not listed.
        """);

    [Fact]
    public void An_observation_that_has_ended_counts_as_enforced() => Check(
        Site("\"mode\": \"observe\", \"observeUntil\": \"2026-11-22\",", Necessary("s")),
        Site(cookies: ""),
        "Site \"portal\": \"s\" is now refused: it is no longer listed.");

    [Fact]
    public void Renamed_buttons_are_described() => Check(
        Site(),
        Site("\"texts\": { \"en\": { \"choice.accept\": \"Allow all\", \"choice.refuse\": \"Reject all\" } },"),
        """
        Site "portal": the button "Accept all" is renamed to "Allow all" (en).
        Site "portal": the button "Refuse all" is renamed to "Reject all" (en).
        """);

    [Theory]
    [InlineData("off", "enforce", "Site \"portal\": pages load from third-party hosts only what is granted or exempt.")]
    [InlineData("enforce", "observe", "Site \"portal\": pages load from every third-party host, whatever the visitor chose.")]
    [InlineData("off", "observe", "Nothing changes for visitors.")]
    public void What_happens_to_third_parties_is_described(string before, string after, string sentence) =>
        Check(Site($"\"thirdParties\": \"{before}\","), Site($"\"thirdParties\": \"{after}\","), sentence);

    [Fact]
    public void Changes_of_the_name_domain_and_days_of_the_consent_cookie_are_described() => Check(
        Site(cookies: Asked("a", "statistics")),
        Site("\"consentCookie\": { \"name\": \"choices\", \"days\": 180, \"domain\": \"www.example.org\" },", Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked again: the consent cookie is renamed from "cookies_preferences" to "choices".
        Site "portal": visitors may be asked again: a choice now applies to all hosts of www.example.org (previously one host).
        Site "portal": new choices are valid for 180 days (previously 182).
        """);

    [Fact]
    public void Renaming_a_consent_cookie_that_is_never_set_has_no_effect_on_visitors() => Check(
        Site(cookies: Necessary("s")),
        Site("\"consentCookie\": { \"name\": \"choices\" },", Necessary("s")),
        "Nothing changes for visitors.");

    [Fact]
    public void Changes_of_the_mode_are_described()
    {
        var enforced = Site();
        var observed = Site("\"mode\": \"observe\", \"observeUntil\": \"2026-12-01\",");

        Check(observed, enforced, "Site \"portal\": everything that is not granted is now removed (the mode was observe).");
        Check(enforced, observed, "Site \"portal\": nothing is removed and nobody is asked until 2026-12-01 (the mode is observe).");

        var off = Site("\"mode\": \"off\", \"observeUntil\": \"2026-12-01\",");
        Check(off, enforced, "Site \"portal\": everything that is not granted is now removed (the mode was off).");
        Check(observed, off, "Site \"portal\": nothing is removed and nobody is asked until 2026-12-01 (the mode is off).");
    }

    [Fact]
    public void Added_and_removed_sites_and_hosts_are_described()
    {
        Check(
            Site(id: "old", host: "old.example.org"),
            Site(id: "new", host: "*"),
            """
            Site "new" is new (every other host).
            Site "old" was removed: old.example.org no longer served.
            """);
        Check(
            Site(host: "a.example.org"),
            Site(host: "b.example.org"),
            """
            Site "portal": the site now serves b.example.org.
            Site "portal": the site no longer serves a.example.org.
            """);
    }

    private static void Check(GatewayConfig old, GatewayConfig changed, string sentences) =>
        Assert.Equal(sentences, string.Join('\n', ConfigChanges.Sentences(old, changed, new DateOnly(2026, 11, 23))));
}
