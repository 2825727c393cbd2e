using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class ExpiryLinesTests
{
    private const string Gone = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    [Fact]
    public void A_listed_cookie_is_deleted_with_every_domain_and_path_that_it_can_have()
    {
        var lines = For("_ga", "www.shop.example.org", "/");
        Assert.Equal(
        [
            $"_ga=; {Gone}; Path=/; Secure",
            $"_ga=; {Gone}; Path=/; Domain=example.org; Secure",
            $"_ga=; {Gone}; Path=/; Domain=shop.example.org; Secure",
            $"_ga=; {Gone}; Path=/; Domain=www.shop.example.org; Secure",
            $"_ga=; {Gone}; Path=/; Secure; Partitioned",
            $"_ga=; {Gone}; Path=/; Domain=example.org; Secure; Partitioned",
            $"_ga=; {Gone}; Path=/; Domain=shop.example.org; Secure; Partitioned",
            $"_ga=; {Gone}; Path=/; Domain=www.shop.example.org; Secure; Partitioned",
        ], lines);
    }

    [Fact]
    public void Deletions_name_each_ancestor_of_the_path_with_and_without_a_slash() =>
        Assert.Equal(
            ["/", "/app/x", "/app", "/app/", "/app/x/", "/app/x/page"],
            For("_ga", "localhost", "/app/x/page").Where(line => !line.EndsWith("Partitioned", StringComparison.Ordinal)).Select(line => line.Split("Path=")[1].Split(';')[0]));

    [Theory]
    [InlineData(null, null)]
    [InlineData("example.org", null)]
    [InlineData(".example.org", null)]
    [InlineData(null, "/app")]
    [InlineData("a.example.org", "/app")]
    [InlineData("example.org", "/")]
    public void A_listed_name_is_deleted_first_where_the_table_declares_it_and_then_everywhere_else(string? domain, string? path)
    {
        var row = new CookieTable([Table.Asked("s", "_ga") with { Domain = domain, Path = path }]).Find("_ga");
        var lines = Lines([new("_ga", row)], "a.example.org", "/app");
        Assert.Equal($"_ga=; {Gone}; Path={path ?? "/"};{(domain is null ? "" : $" Domain={domain.TrimStart('.')};")} Secure", lines[0]);
        var everywhere =
            from at in new[] { "/", "/app" }
            from scope in new[] { "", " Domain=a.example.org;", " Domain=example.org;" }
            from part in new[] { "", "; Partitioned" }
            select $"_ga=; {Gone}; Path={at};{scope} Secure{part}";
        Assert.Equal(everywhere.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_with_several_declared_scopes_is_deleted_in_each()
    {
        var row = new CookieTable([Table.Asked("s", "dup") with { Path = "/shop" }, Table.Asked("s", "dup") with { Path = "/blog" }]).Find("dup");
        Assert.Equal([$"dup=; {Gone}; Path=/shop; Secure", $"dup=; {Gone}; Path=/blog; Secure"], Lines([new("dup", row)], "localhost", "/blog/x").Take(2));
    }

    [Fact]
    public void A_request_with_thousands_of_names_and_path_segments_generates_few_candidates()
    {
        var path = string.Concat(Enumerable.Repeat("/a", 8_000));
        var cut = Enumerable.Range(0, 5_000).Select(i => new CutCookie($"c{i}", Cut("c").Row)).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(Lines(cut, "www.example.org", path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }

    [Fact]
    public void Long_deletions_are_sent_in_turn_as_well()
    {
        var many = Enumerable.Range(0, 10).Select(i => Cut($"c{i}{new string('x', 100)}")).ToList();
        var tried = Enumerable.Range(0, 200).SelectMany(turn => ExpiryLines.For(many, "www.example.org", "/", true, turn)).ToHashSet();
        Assert.Equal(60, tried.Count);
    }

    [Fact, Row("I11", "I12")]
    public void A_cookie_that_is_declared_partitioned_is_deleted_in_its_partition_first()
    {
        var row = new CookieTable([Table.Asked("s", "_ga") with { Domain = "example.org", Path = "/app", Partitioned = true }]).Find("_ga");
        Assert.Equal($"_ga=; {Gone}; Path=/app; Domain=example.org; Secure; Partitioned", Lines([new("_ga", row)], "www.example.org", "/app/x")[0]);
    }

    [Fact]
    public void A_cookie_that_the_request_does_not_have_is_deleted_only_where_the_table_declares_it()
    {
        var row = new CookieTable([Table.Asked("s", "_ga") with { Domain = ".example.org", Path = "/app" }]).Find("_ga");
        Assert.Equal(
            [$"_ga=; {Gone}; Path=/app; Domain=example.org; Secure", $"_ga=; {Gone}; Path=/app; Domain=example.org; Secure; Partitioned"],
            Lines([new("_ga", row, IsElsewhere: true)], "www.example.org", "/"));
    }

    [Fact]
    public void An_unlisted_name_is_never_deleted_on_a_parent_domain() => Assert.Equal(
        [$"sso=; {Gone}; Path=/; Secure", $"sso=; {Gone}; Path=/; Secure; Partitioned", $"sso=; {Gone}; Path=/a; Secure", $"sso=; {Gone}; Path=/a; Secure; Partitioned"],
        Lines([new("sso", null)], "www.example.org", "/a"));

    /// <summary>Over plain http, browsers accept <c>Secure</c> from this machine alone.</summary>
    [Theory]
    [InlineData("www.example.org", 3)]
    [InlineData("192.168.1.10", 1)]
    [InlineData("localhost", 2)]
    [InlineData("127.0.0.1", 2)]
    [InlineData("::1", 2)]
    public void Over_plain_http_only_this_machine_has_partitioned_cookies(string host, int lines)
    {
        var written = ExpiryLines.For([Cut("_ga")], host, "/", isSecure: false, 0);
        Assert.Equal(lines, written.Count);
        Assert.Equal(host is "localhost" or "127.0.0.1" or "::1", written[^1].EndsWith("; Secure; Partitioned", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("192.168.1.10")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void An_address_or_a_single_label_has_no_parent_domain(string host) =>
        Assert.Equal([$"_ga=; {Gone}; Path=/; Secure", $"_ga=; {Gone}; Path=/; Secure; Partitioned"], For("_ga", host, "/"));

    [Fact]
    public void A_name_with_the_Host_prefix_is_deleted_on_the_host_at_the_root() =>
        Assert.Equal([$"__Host-x=; {Gone}; Path=/; Secure", $"__Host-x=; {Gone}; Path=/; Secure; Partitioned"], For("__Host-x", "www.example.org", "/a/b"));

    [Fact]
    public void Deletions_over_plain_http_have_no_Secure_attribute() => Assert.DoesNotContain("Secure", ExpiryLines.For([Cut("_ga")], "localhost", "/", false, 0)[0]);

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    public void A_name_that_cannot_be_written_is_not_deleted(string name) => Assert.Empty(For(name, "example.org", "/"));

    [Theory]
    [InlineData("a b")]
    [InlineData("caf\u00E9")]
    [InlineData("caf\u00C3\u00A9")]
    public void A_name_with_any_other_character_is_deleted_in_the_same_bytes(string name) =>
        Assert.StartsWith($"{name}=; {Gone}", Lines([new(name, null)], "example.org", "/")[0], StringComparison.Ordinal);

    [Fact]
    public void A_response_has_at_most_20_deletions_and_3000_characters_of_them()
    {
        var (longNames, shortNames) = (Most(new string('x', 80)), Most(""));
        Assert.Equal(20, shortNames.Lines);
        Assert.InRange(longNames.Lines, 1, 20);
        Assert.InRange(longNames.Characters, 2_700, 3_000);
        Assert.InRange(shortNames.Characters, 1, 3_000);
    }

    private static (int Lines, int Characters) Most(string ending)
    {
        var many = Enumerable.Range(0, 60).Select(i => Cut($"_ga_{i}_{ending}")).ToList();
        var responses = Enumerable.Range(0, 50).Select(turn => ExpiryLines.For(many, "www.example.org", "/a/b/c", true, turn)).ToList();
        return (responses.Max(lines => lines.Count), responses.Max(lines => lines.Sum(line => line.Length)));
    }

    [Fact]
    public void Deletions_that_do_not_fit_are_sent_with_later_responses()
    {
        var many = Enumerable.Range(0, 60).Select(i => Cut($"c{i}")).ToList();
        var tried = Enumerable.Range(1_000, 400).SelectMany(turn => ExpiryLines.For(many, "www.example.org", "/a/b", true, turn)).ToHashSet();

        Assert.All(many, cut => Assert.Contains(tried, line => line.StartsWith($"{cut.Name}=;", StringComparison.Ordinal)));
    }

    private static CutCookie Cut(string name) => new(name, new CookieTable([Table.Asked("s", "_ga*", "c*", "__Host-x", "a b")]).Find(name == "" ? "c" : name));

    private static IReadOnlyList<string> For(string name, string host, string path) => Lines([Cut(name)], host, path);

    private static IReadOnlyList<string> Lines(IReadOnlyList<CutCookie> cut, string host, string path) => ExpiryLines.For(cut, host, path, true, 0);
}
