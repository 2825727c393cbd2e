using System.Text;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>Unedited lines are the same string, and edited ones differ only in the edited parts. The lines are generated from a seed.</summary>
public class UneditedTests
{
    private const int Lines = 50_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly GatewayCookie ConsentCookie = new("cookies_preferences", "g1.", ByMarker: false);
    private static readonly CookieTable Site = new([Table.Necessary("sessionid", "a[b]", "{GUID}"), Table.Asked("statistics", "_ga", "_ga_*")]);

    private static readonly string[] Names = ["sessionid", "_ga", "_ga_X", "a[b]", "{GUID}", " sessionid\t", "_GA", "unlisted", ""];

    private static readonly string[] Values =
        ["", "1", "a=b==", "\"q v\"", "{\"k\":1,\"x\":2}", "1, b=2", "caf\u00E9", "\u00C3\u00A9", " spaced ", "%3B", "<script>", "\u0001", new string('v', 5_000)];

    private static readonly string[] Attributes =
    [
        "Path=/", "path", " PATH = /a ", "Domain=.example.org", "domain=", "Secure", "secure=1", "HttpOnly=true", "SameSite=None", "samesite=odd", "Partitioned", "",
        " ", "Max-Age=60", "max-age=junk", "Max-Age=1.5", "Max-Age=0x", "Expires=0", "expires=-1", "Expires=Tue, 24 Nov 2026 12:00:00 GMT", "Priority=High", "x=\u00E9",
    ];

    private static readonly string[] TooLong = ["Max-Age=99999999999999999999", "Max-Age=99999999", "expires=Tue, 19-Jan-2038 03:14:07 GMT", "Expires=Fri, 31 Dec 9999 23:59:59 GMT"];

    [Fact, Row("I4", "I13", "I15")]
    public void A_line_that_passes_unedited_is_the_same_string_instance()
    {
        var grants = Table.Granting("statistics");
        var fates = new Dictionary<CookieFate, int>();
        for (var seed = 0; seed < Lines; seed++)
        {
            var line = Line(new Random(seed), Attributes);
            var outcome = Filter(line, grants);
            fates[outcome.Fate] = fates.GetValueOrDefault(outcome.Fate) + 1;
            if (outcome.Fate is CookieFate.Kept)
                Assert.Same(line, outcome.Line);
            else
                Assert.Null(outcome.Line);
        }

        Assert.Equal([CookieFate.Kept, CookieFate.Unlisted, CookieFate.Unreadable], fates.Keys.Order());
        Assert.True(fates[CookieFate.Kept] > Lines / 2, $"Only {fates[CookieFate.Kept]} were kept.");
    }

    [Fact, Row("I4", "I14", "I15")]
    public void Shortening_a_lifetime_changes_nothing_else_in_the_line()
    {
        var shortened = 0;
        for (var seed = 0; seed < Lines; seed++)
        {
            var line = Line(new Random(seed), [.. Attributes, .. TooLong, .. TooLong]);
            if (Filter(line, Table.Granting("statistics")) is not { Fate: CookieFate.Shortened } outcome)
                continue;

            shortened++;
            var edited = outcome.Line!;
            var (before, after) = (line.Split(';'), edited.Split(';'));
            Assert.Equal(before.Length, after.Length);
            Assert.All(before.Zip(after), pair => Assert.True(pair.First == pair.Second || IsLife(pair.First) && IsLife(pair.Second), $"seed {seed}: {line} became {edited}"));
            Assert.NotEqual(CookieFate.Shortened, Filter(edited, Table.Granting("statistics")).Fate);
        }

        Assert.True(shortened > Lines / 10, $"Only {shortened} were shortened.");
    }

    [Fact, Row("J1", "J2", "J6")]
    public void A_Cookie_header_of_which_nothing_is_removed_is_the_same_string_instance()
    {
        for (var seed = 0; seed < Lines; seed++)
        {
            var random = new Random(seed);
            var header = new StringBuilder();
            for (var count = random.Next(1, 6); count > 0; count--)
                header.Append($"{random.GetItems(["sessionid", "_ga", "a[b]"], 1)[0]}={random.GetItems(Values, 1)[0]}{random.GetItems([";", "; ", " ;  "], 1)[0]}");
            var sent = header.ToString();
            Assert.Same(sent, CookieHeaderFilter.Filter(sent, Site, Table.Granting("statistics"), ConsentCookie).Header);
        }
    }

    private static bool IsLife(string attribute) =>
        attribute.TrimStart().StartsWith("Max-Age", StringComparison.OrdinalIgnoreCase) || attribute.TrimStart().StartsWith("Expires", StringComparison.OrdinalIgnoreCase);

    private static string Line(Random random, string[] attributes)
    {
        var line = new StringBuilder(random.GetItems(Names, 1)[0]).Append('=').Append(random.GetItems(Values, 1)[0]);
        foreach (var attribute in random.GetItems(attributes, random.Next(6)))
            line.Append(random.Next(2) == 0 ? ";" : "; ").Append(attribute);
        return line.ToString();
    }

    private static SetCookieOutcome Filter(string line, Grants grants) => SetCookieFilter.Filter(line, new SetCookieContext(Site, grants, ConsentCookie, null, Now));
}
