using Gateway.Sites;
using Xunit;

namespace Gateway.Tests.Sites;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:8080", false, "localhost", 8080)]
    [InlineData("https://*:443", true, "*", 443)]
    [InlineData("http://10.0.0.5:80", false, "10.0.0.5", 80)]
    [InlineData("http://[::1]:0", false, "::1", 0)]
    public void A_valid_address_is_parsed(string text, bool isHttps, string host, int port) =>
        Assert.Equal(new ListenAddress(isHttps, host, port), ListenAddress.Parse(text));

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:65536")]
    [InlineData("http://:8080")]
    [InlineData("http://www.example.org:80")]
    [InlineData("http://1:80")]
    [InlineData("http://010.0.0.1:80")]
    [InlineData("localhost:8080")]
    public void An_invalid_address_is_rejected(string text)
    {
        Assert.False(ListenAddress.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ListenAddress.Parse(text));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080", true)]
    [InlineData("http://127.0.0.1:8080", "http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", "http://localhost:8080", true)]
    [InlineData("http://*:8080", "http://10.0.0.5:8080", true)]
    [InlineData("http://0.0.0.0:8080", "http://10.0.0.5:8080", true)]
    [InlineData("http://[::]:8080", "http://10.0.0.5:8080", true)]
    [InlineData("http://10.0.0.6:8080", "http://10.0.0.5:8080", false)]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8080", false)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0", false)]
    public void Two_addresses_conflict_on_the_same_port_of_the_same_interface(string one, string other, bool expected)
    {
        Assert.Equal(expected, ListenAddress.Parse(one).ConflictsWith(ListenAddress.Parse(other)));
        Assert.Equal(expected, ListenAddress.Parse(other).ConflictsWith(ListenAddress.Parse(one)));
    }

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://127.0.0.2:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://*:1", false)]
    [InlineData("http://10.0.0.5:1", false)]
    public void Only_localhost_and_loopback_addresses_are_loopback(string text, bool expected) =>
        Assert.Equal(expected, ListenAddress.Parse(text).IsLoopback);
}
