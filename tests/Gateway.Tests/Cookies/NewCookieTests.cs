using Gateway.Cookies;
using Xunit;

namespace Gateway.Tests.Cookies;

public sealed class NewCookieTests
{
    [Fact]
    public void A_cookie_without_settings_is_a_session_cookie_of_the_host_at_the_root() =>
        Assert.Equal("a=b; Path=/", new NewCookie("a", "b", IsSecure: false).ToLine());

    [Fact]
    public void Every_setting_is_written() =>
        Assert.Equal(
            "a=b; Max-Age=90; Path=/x; HttpOnly; SameSite=Lax; Domain=example.org; Secure; Partitioned",
            new NewCookie("a", "b", IsSecure: true)
            {
                MaxAge = TimeSpan.FromSeconds(90.9),
                Path = "/x",
                Domain = "example.org",
                IsHttpOnly = true,
                IsLax = true,
                IsPartitioned = true,
            }.ToLine());

    [Theory]
    [InlineData(true, true, "; Secure; Partitioned")]
    [InlineData(true, false, "; Secure")]
    [InlineData(false, true, "")]
    public void A_deletion_has_both_lifetimes_and_is_partitioned_only_if_it_is_secure(bool isSecure, bool isPartitioned, string end) =>
        Assert.Equal(
            "a=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/x; Domain=example.org" + end,
            NewCookie.Deletion("a", "example.org", "/x", isSecure, isPartitioned));
}
