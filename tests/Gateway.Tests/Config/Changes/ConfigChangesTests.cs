using Gateway.Config;
using Gateway.Config.Changes;
using Xunit;
using static Gateway.Tests.Support.World;

namespace Gateway.Tests.Config.Changes;

public sealed class ConfigChangesTests
{
    [Fact]
    public void Wording_order_and_looks_change_nothing() => Check(
        Site(cookies: Asked("a", "statistics") + Asked("b", "statistics") + Necessary("s")),
        Site("\"banner\": { \"position\": \"top\" },", Necessary("s") + Asked("b", "statistics") + Asked("a", "statistics").Replace("Why", "What for", StringComparison.Ordinal)),
        "Nothing changes for visitors.");

    [Fact]
    public void A_new_category_asks_everybody() => Check(
        Site(cookies: Necessary("s")),
        Site(cookies: Necessary("s") + Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked about "statistics", which is new.
        Site "portal": "a" was refused and is now allowed only with consent to "statistics".
        """);

    [Fact]
    public void Another_provider_or_name_asks_again() => Check(
        Site(cookies: Asked("a", "statistics") + Asked("v", "video", "One")),
        Site(cookies: Asked("a", "statistics") + Asked("b", "statistics") + Asked("v", "video", "Two")),
        """
        Site "portal": visitors who answered about "statistics" are asked again: "b" of Owner is new.
        Site "portal": visitors who answered about "video" are asked again: "v" of Two is new; "v" of One is gone.
        Site "portal": "b" was refused and is now allowed only with consent to "statistics".
        """);

    [Fact]
    public void What_is_no_longer_listed_is_refused() => Check(
        Site(cookies: Necessary("s") + Asked("a", "statistics")),
        Site(cookies: Necessary("t")),
        """
        Site "portal": nobody is asked about "statistics" any more.
        Site "portal": "s" is refused from now on: it is no longer listed.
        Site "portal": "a" is refused from now on: it is no longer listed.
        Site "portal": "t" was refused and is now allowed without consent.
        """);

    [Fact]
    public void The_consent_cookies_row_may_come_and_go() => Check(
        Site(cookies: Necessary("cookies_preferences", "6 months").Replace("security", "choice", StringComparison.Ordinal)),
        Site(),
        "Nothing changes for visitors.");

    [Fact]
    public void A_pattern_stands_for_the_names_it_covers() => Check(
        Site(cookies: Necessary("session_a")),
        Site(cookies: Necessary("session_*")),
        "Site \"portal\": \"session_*\" was refused and is now allowed without consent.");

    [Fact]
    public void An_exemption_that_ends_asks_and_refuses() => Check(
        Site(cookies: Necessary("a", "12 months")),
        Site(cookies: Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked about "statistics", which is new.
        Site "portal": "a" is now allowed only with consent to "statistics" (before, without consent).
        """);

    [Fact]
    public void A_shorter_life_is_told_and_a_longer_one_is_not() => Check(
        Site(cookies: Necessary("a", "14 days") + Necessary("b", "1 day")),
        Site(cookies: Necessary("a", "session") + Necessary("b", "2 days")),
        "Site \"portal\": \"a\" is kept for less long: session (before, 14 days).");

    [Fact]
    public void The_consent_cookies_name_domain_and_days_are_told() => Check(
        Site(cookies: Asked("a", "statistics")),
        Site("\"consentCookie\": { \"name\": \"choices\", \"days\": 180, \"domain\": \"www.example.org\" },", Asked("a", "statistics")),
        """
        Site "portal": every visitor is asked again: the consent cookie is renamed from "cookies_preferences" to "choices".
        Site "portal": visitors may be asked again: a choice now holds for all hosts of www.example.org (before, for one host only).
        Site "portal": a choice made from now on holds 180 days (before, 182).
        """);

    [Fact]
    public void A_consent_cookie_that_is_never_set_may_be_renamed() => Check(
        Site(cookies: Necessary("s")),
        Site("\"consentCookie\": { \"name\": \"choices\" },", Necessary("s")),
        "Nothing changes for visitors.");

    [Fact]
    public void Observing_and_enforcing_are_told()
    {
        var enforced = Site();
        var observed = Site("\"mode\": \"observe\", \"observeUntil\": \"2026-12-01\",");

        Check(observed, enforced, "Site \"portal\": from now on everything is removed that is not granted (it was only observed).");
        Check(enforced, observed, "Site \"portal\": nothing is removed and nobody is asked until 2026-12-01 (it is only observed).");

        var off = Site("\"mode\": \"off\", \"observeUntil\": \"2026-12-01\",");
        Check(off, enforced, "Site \"portal\": from now on everything is removed that is not granted (the gateway was off).");
        Check(observed, off, "Site \"portal\": nothing is removed and nobody is asked until 2026-12-01 (the gateway is off).");
    }

    [Fact]
    public void Sites_and_hosts_come_and_go()
    {
        Check(
            Site(id: "old", host: "old.example.org"),
            Site(id: "new", host: "*"),
            """
            Site "new" is new (every other host).
            Site "old" is gone: old.example.org no longer answered.
            """);
        Check(
            Site(host: "a.example.org"),
            Site(host: "b.example.org"),
            """
            Site "portal": it now answers for b.example.org.
            Site "portal": it no longer answers for a.example.org.
            """);
    }

    private static void Check(GatewayConfig old, GatewayConfig changed, string sentences) =>
        Assert.Equal(sentences, string.Join('\n', ConfigChanges.Sentences(old, changed)));
}
