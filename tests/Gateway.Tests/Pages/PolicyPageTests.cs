using System.Text.Json;
using AngleSharp.Html.Parser;
using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Pages;

public sealed class PolicyPageTests
{
    [Fact]
    public void The_reference_table_generates_the_reference_policy_without_statements_on_tracking()
    {
        var text = Text(Notices.Reference);

        Assert.Contains("we use cookies to ensure it functions properly.", text);
        Assert.Contains("What is a cookie?", text);
        Assert.Contains("Several types of cookies exist:", text);
        Assert.Contains("Cookies necessary for the platform to function properly/functionality cookies", text);
        foreach (var word in new[] { "analytics", "tatistic", "dvertising", "hird-party", "consent at any time", "local storage", "providers concerned" })
            Assert.DoesNotContain(word, text);
    }

    [Fact]
    public void The_policy_has_no_section_on_choices_if_there_are_none()
    {
        const string Heading = "#choice", Link = "a[href^='/_choices/?']";
        var (asks, asksNothing) = (Parse(PolicyPage.Render(Notices.Full, "en")), Parse(PolicyPage.Render(Notices.Reference, "en")));

        Assert.NotNull(asks.QuerySelector(Heading));
        Assert.NotEmpty(asks.QuerySelectorAll(Link));
        Assert.NotNull(asksNothing.QuerySelector("#controller"));
        Assert.Null(asksNothing.QuerySelector(Heading));
        Assert.Empty(asksNothing.QuerySelectorAll(Link));
    }

    [Fact]
    public void The_policy_mentions_analytics_only_if_the_table_has_them()
    {
        Assert.Contains("and to perform web analytics.", Text(Notices.Full));
        Assert.Contains("and to perform web analytics.", Text(Notices.Of([.. Notices.Necessary, Notices.Audience])));
        Assert.DoesNotContain("analytics", Text(Notices.Of([.. Notices.Necessary, Notices.VideoHost])));
    }

    [Fact]
    public void The_policy_explains_third_parties_storage_and_hosts_only_if_the_table_has_them()
    {
        Assert.Contains("“Third-party” cookies are", Text(Notices.Of([Notices.VideoCookie])));
        Assert.DoesNotContain("“Third-party” cookies are", Text(Notices.Of([Notices.Ga])));
        Assert.Contains("local storage", Text(Notices.Of([Notices.GaKey])));
        Assert.Contains("third-party host", Text(Notices.Of([Notices.VideoHost])));
        Assert.DoesNotContain("advertising purposes, etc.", Text(Notices.Reference));
    }

    [Fact]
    public void The_policy_of_an_empty_table_states_that_there_are_no_cookies()
    {
        var page = Parse(PolicyPage.Render(Notices.Of([]), "en"));

        Assert.Contains("no cookies", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("table"));
    }

    [Fact, Requirement(36)]
    public void The_columns_of_the_reference_policy_come_first()
    {
        var columns = Parse(PolicyPage.Render(Notices.Reference, "en")).QuerySelectorAll("thead th").Select(cell => cell.TextContent);

        Assert.Equal(
            [
                "Service provider’s name", "Function and location", "Cookie name(s)", "Purposes",
                "Duration", "Category", "First or third party", "Consent or exemption",
            ],
            columns);
    }

    [Fact, Requirement(36)]
    public void A_row_shows_all_information_of_an_entry()
    {
        var row = Parse(PolicyPage.Render(Notices.Full, "en")).QuerySelectorAll("tbody tr").Single(one => one.TextContent.Contains("_ga_*"));

        Assert.Equal(
            [
                "Example Analytics", "Audience statistics (all pages)", "_ga, _ga_*", "To count visits and tell pages apart", "13 months",
                "Statistics", "First party", "Your consent",
            ],
            row.Children.Select(cell => cell.TextContent));
    }

    [Fact, Requirement(58)]
    public void Each_group_has_a_table_and_necessary_entries_come_first()
    {
        var page = Parse(PolicyPage.Render(Notices.Full, "en"));

        Assert.Equal(
            ["Cookies necessary for the platform to function properly/functionality cookies", "Audience measurement", "Statistics", "Videos"],
            page.QuerySelectorAll("h3").Select(heading => heading.TextContent));
        Assert.All(page.QuerySelectorAll("table"), table =>
        {
            Assert.NotEqual("", table.QuerySelector("caption")!.TextContent);
            Assert.All(table.QuerySelectorAll("thead th"), cell => Assert.Equal("col", cell.GetAttribute("scope")));
            Assert.All(table.QuerySelectorAll("tbody tr"), line => Assert.Single(line.QuerySelectorAll("th[scope=row]")));
        });
    }

    [Fact, Requirement(37)]
    public void Exempt_entries_are_listed_with_their_reason()
    {
        var grounds = Parse(PolicyPage.Render(Notices.Full, "en")).QuerySelectorAll("tbody tr").ToLookup(row => row.QuerySelector("code")!.TextContent, row => row.Children[7].TextContent);

        Assert.Equal(["No consent needed: authentication"], grounds["sessionid"]);
        Assert.Equal(["No consent needed: security"], grounds["csrftoken"]);
        Assert.Equal(["No consent needed: audience measurement under the conditions below"], grounds["_pk_id*"]);
    }

    [Fact, Requirement(58)]
    public void The_headings_of_the_policy_skip_no_level()
    {
        var levels = Parse(PolicyPage.Render(Notices.Full, "fr")).QuerySelectorAll("h1,h2,h3,h4").Select(one => one.TagName[1] - '0').ToList();

        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact, Requirement(38)]
    public void The_policy_states_only_the_attested_conditions_of_audience_measurement()
    {
        var entry = Notices.Audience;
        var text = Text(Notices.Of([entry]));
        Assert.Contains("Académie d’Exemple stated on 1 September 2026", text);
        Assert.DoesNotContain("Martin", text + System.Text.Encoding.UTF8.GetString(PolicyPage.Json(Notices.Of([entry]), ["en"])));
        Assert.Contains("kept for 25 months", text);
        Assert.Contains("the right to object", text);
        Assert.Contains("not followed across other sites", text);

        var named = entry with { Exemption = entry.Exemption! with { Attestation = entry.Exemption!.Attestation! with { PublishAttestedBy = true } } };
        Assert.Contains("A. Martin stated on 1 September 2026", Text(Notices.Of([named])));
        Assert.Contains("A. Martin", System.Text.Encoding.UTF8.GetString(PolicyPage.Json(Notices.Of([named]), ["en"])));

        var attestation = entry.Exemption!.Attestation! with { NoCrossSite = false };
        var less = Notices.Of([entry with { Exemption = entry.Exemption with { Attestation = attestation } }]);
        Assert.DoesNotContain("not followed across other sites", Text(less));
    }

    [Fact, Requirement(35)]
    public void The_policy_counts_providers_and_lists_their_transfers()
    {
        var list = Parse(PolicyPage.Render(Notices.Full, "en")).QuerySelector("#providers")!;
        var items = list.NextElementSibling!.NextElementSibling!.Children;

        Assert.Equal("3 providers keep or read what is listed above. 2 of them are concerned by your consent.", list.NextElementSibling.TextContent);
        Assert.Equal(Notices.Full.Entries.Select(entry => entry.Provider).Distinct().Order(), items.Select(item => item.QuerySelector("strong")!.TextContent).Order());
        Assert.Contains("United States. Basis of the transfer: Standard contractual clauses", items[1].TextContent);
        Assert.Equal("https://video.example/privacy", items[2].QuerySelector("a")!.GetAttribute("href"));
        Assert.DoesNotContain("Economic Area", items[2].TextContent);
    }

    [Fact]
    public void The_policy_links_to_the_contacts_of_the_controller()
    {
        var page = Parse(PolicyPage.Render(Notices.Reference, "en"));

        Assert.NotNull(page.QuerySelector("a[href='mailto:contact@example.org']"));
        Assert.NotNull(page.QuerySelector("a[href='https://example.org/dpo']"));
        Assert.NotNull(page.QuerySelector("a[href='https://www.cnil.fr/']"));
    }

    [Fact]
    public void A_contact_with_a_javascript_URL_is_not_a_link_to_it()
    {
        var notice = Notices.Reference with { Controller = Notices.Reference.Controller with { Contact = "javascript:alert(1)//@x", PrivacyNotice = "javascript:alert(2)" } };

        var page = Parse(PolicyPage.Render(notice, "en"));
        Assert.Contains("javascript:alert(1)", page.QuerySelector("main")!.TextContent);
        Assert.NotEmpty(page.QuerySelectorAll("a"));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.DoesNotMatch("^javascript:", link.GetAttribute("href")!));
    }

    [Fact]
    public void Texts_with_HTML_are_encoded_in_the_policy()
    {
        const string Hostile = "</td><script>alert(1)</script>\"' onmouseover=x &amp;";
        var entry = Notices.Ga with
        {
            Provider = Hostile,
            Names = [Hostile],
            Function = Notices.T(Hostile, Hostile),
            Purpose = Notices.T(Hostile, Hostile),
            PrivacyPolicy = "https://a.example/\"><script>",
        };
        var page = Parse(PolicyPage.Render(Notices.Of([entry]) with { Hosts = [Hostile] }, "en"));

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal(Hostile, page.QuerySelector("tbody td")!.TextContent);
    }

    [Fact]
    public void The_pages_of_the_gateway_have_neither_scripts_nor_inline_styles()
    {
        foreach (var html in new[] { PolicyPage.Render(Notices.Full, "en"), SettingsPage.Render(Notices.Full, Notices.State(Notices.Full), "fr", "/") })
        {
            var page = Parse(html);
            Assert.Empty(page.QuerySelectorAll("script, style, [style], img, iframe"));
            Assert.Equal(PageShell.StylesOf(Notices.Full).Path, page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        }
    }

    [Fact, Requirement(40)]
    public void The_version_of_the_policy_changes_exactly_with_its_content()
    {
        var version = PolicyPage.Version(Notices.Full);

        Assert.Matches("^[0-9a-f]{12}$", version);
        Assert.Equal(version, PolicyPage.Version(Notices.Full with { Changed = new DateOnly(2027, 1, 1) }));
        Assert.NotEqual(version, PolicyPage.Version(Notices.Full with { Controller = Notices.Full.Controller with { Address = "elsewhere" } }));
        Assert.Contains($"Version {version}, 2 November 2026.", Text(Notices.Full));
    }

    [Fact]
    public void The_date_of_the_policy_is_the_day_of_the_review() =>
        Assert.Contains("5 December 2026", Text(Notices.Full with { Policy = new() { Reviewed = new DateOnly(2026, 12, 5) } }));

    [Fact]
    public void The_JSON_of_the_policy_has_the_content_of_the_page()
    {
        using var json = JsonDocument.Parse(PolicyPage.Json(Notices.Full, ["en", "fr"]));
        var root = json.RootElement;
        var rows = Parse(PolicyPage.Render(Notices.Full, "fr")).QuerySelectorAll("tbody tr");
        var entries = root.GetProperty("entries").EnumerateArray().ToList();

        Assert.Equal(PolicyPage.Version(Notices.Full), root.GetProperty("version").GetString());
        Assert.Equal("2026-11-02", root.GetProperty("date").GetString());
        Assert.Equal(["necessary", "audience", "consent", "consent"], root.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("basis").GetString()));
        Assert.Equal(rows.Length, entries.Count);
        Assert.All(rows.Zip(entries), pair =>
        {
            Assert.Equal(pair.First.QuerySelectorAll("code").Select(name => name.TextContent), pair.Second.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
            Assert.Equal(pair.First.Children[0].TextContent, pair.Second.GetProperty("provider").GetString());
            Assert.Equal(pair.First.Children[3].TextContent, pair.Second.GetProperty("purpose").GetProperty("fr").GetString());
        });
    }

    [Fact]
    public void The_policy_describes_the_consent_cookie_only_if_there_is_a_choice()
    {
        Assert.Contains("No record of your individual choice is kept", Text(Notices.Full));
        Assert.DoesNotContain("No record", Text(Notices.Reference));
        using var json = JsonDocument.Parse(PolicyPage.Json(Notices.Reference, ["en"]));
        Assert.False(json.RootElement.TryGetProperty("choice", out _));
    }

    [Fact]
    public void Every_exemption_duration_and_kind_has_a_text_in_every_language()
    {
        foreach (var language in Languages.Supported)
        {
            Assert.All(Enum.GetValues<ExemptionReason>(), reason => Assert.NotEqual("", Translations.For(language).Of(reason)));
            Assert.All(Enum.GetValues<DurationUnit>(), unit => Assert.NotEqual("", Translations.For(language).Of(new Duration(2, unit))));
            Assert.All(Enum.GetValues<EntryKind>(), kind => Assert.NotEqual("", Translations.For(language).Of(kind)));
        }
    }

    private static string Text(SiteNotice notice) => Parse(PolicyPage.Render(notice, "en")).QuerySelector("main")!.TextContent;

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
