using System.Net;
using System.Net.Sockets;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Sites with several backends, backends with several addresses, and time-outs.</summary>
public class BackendsTests
{
    private static readonly Duration OneSecond = new(1, DurationUnit.Second);
    private static readonly Duration TenMinutes = new(10, DurationUnit.Minute);

    [Theory]
    [InlineData("/", "site")]
    [InlineData("/api", "api")]
    [InlineData("/api/x?y=1", "api")]
    [InlineData("/apis", "site")]
    [InlineData("/API/x", "site")]
    [InlineData("/api/v2", "v2")]
    [InlineData("/api/v2/x", "v2")]
    [InlineData("/api/v20", "api")]
    [InlineData("/%61pi/x", "api")]
    [InlineData("/x/../api/x", "api")]
    [InlineData("/api/../x", "site")]
    public async Task A_request_goes_to_the_backend_with_the_longest_matching_path(string target, string name)
    {
        await using var site = await Named("site");
        await using var api = await Named("api");
        await using var v2 = await Named("v2");
        await using var gateway = await TestGateway.StartAsync([Parts(At("/", site), At("/api", api), At("/api/v2", v2))]);
        var answer = await gateway.RawAsync($"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.Contains($"X-Name: {name}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(target, new[] { site, api, v2 }.SelectMany(backend => backend.Received).Single().Target);
    }

    [Fact]
    public async Task Several_addresses_of_a_backend_are_used_in_turn()
    {
        await using var one = await Named("one");
        await using var two = await Named("two");
        await using var gateway = await TestGateway.StartAsync(
            [Parts(new BackendConfig { Addresses = [one.Url.ToString(), two.Url.ToString()], LoadBalancing = LoadBalancing.RoundRobin })]);
        for (var i = 0; i < 10; i++)
            (await gateway.GetAsync("/")).Answers(HttpStatusCode.OK);
        Assert.Equal((5, 5), (one.Received.Count, two.Received.Count));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    public async Task An_address_that_refuses_connections_is_not_used_for_a_while_in_any_backend(string path)
    {
        await using var whole = await Named("whole");
        BackendConfig Broken(string part) => new() { Path = part, Addresses = [whole.Url.ToString(), "http://127.0.0.1:1"], LoadBalancing = LoadBalancing.RoundRobin };
        await using var gateway = await TestGateway.StartAsync(
            [Parts([.. new[] { "/", "/api" }.Select(part => part == path ? Broken(part) : At(part, whole))])]);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
            answers.Add((await gateway.GetAsync(path)).StatusCode);
        Assert.Contains(HttpStatusCode.BadGateway, answers);
        Assert.All(answers[^10..], status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact, Row("C8")]
    public async Task A_silent_backend_times_out_after_its_configured_response_timeout()
    {
        var answer = new TaskCompletionSource();
        await using var silent = await Support.Backend.StartAsync(_ => answer.Task);
        await using var gateway = await TestGateway.StartAsync([Parts(At("/", silent), At("/quick", silent) with { ResponseTimeout = OneSecond })]);
        var patient = gateway.GetAsync("/");
        (await gateway.GetAsync("/quick")).Answers(HttpStatusCode.GatewayTimeout);
        Assert.False(patient.IsCompleted);
        answer.SetResult();
        (await patient).Answers(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_accepts_no_connection_times_out_after_its_configured_connect_timeout()
    {
        using var deaf = new DeafListener();
        await using var gateway = await TestGateway.StartAsync(
        [
            Parts(
                new BackendConfig { Addresses = [deaf.Url], ConnectTimeout = TenMinutes },
                new BackendConfig { Path = "/quick", Addresses = [deaf.Url], ConnectTimeout = OneSecond }),
        ]);

        // Requested first: with one time-out for both backends, this request would end first.
        var patient = gateway.GetAsync("/");
        Assert.InRange((int)(await gateway.GetAsync("/quick")).StatusCode, 502, 504);
        Assert.False(patient.IsCompleted);
        gateway.Client.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient);
    }

    [Fact]
    public async Task A_configured_prefix_moves_all_paths_of_the_gateway_and_frees_the_default_one()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Requests.Html);
            },
            site => site with { Prefix = "/our-choices" });
        var page = await (await gateway.NavigateAsync("/")).BytesAsync();
        var script = page.Split("<script src=\"")[1].Split('"')[0];
        Assert.StartsWith("/our-choices/", script, StringComparison.Ordinal);
        Assert.Contains("immutable", (await gateway.GetAsync(script)).Line("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("action=\"/our-choices/choice\"", await (await gateway.GetAsync("/our-choices/")).BytesAsync(), StringComparison.Ordinal);
        Assert.Contains("/our-choices/", await (await gateway.GetAsync("/our-choices/policy")).BytesAsync(), StringComparison.Ordinal);
        Assert.Single(gateway.Received);

        Assert.Equal(Requests.Html, await (await gateway.GetAsync("/_choices/policy")).BytesAsync());
        Assert.Equal("/_choices/policy", gateway.Received[^1].Target);
    }

    private static SiteConfig Parts(params BackendConfig[] backends) => TestSites.Library("") with { Backend = null, Backends = backends };

    private static BackendConfig At(string path, Support.Backend backend) => new() { Path = path, Addresses = [backend.Url.ToString()] };

    private static Task<Support.Backend> Named(string name) => Support.Backend.StartAsync(context =>
    {
        context.Response.Headers["X-Name"] = name;
        return context.Response.WriteAsync(name);
    });

    /// <summary>An address whose accept queue is full, so that the next connection waits.</summary>
    private sealed class DeafListener : IDisposable
    {
        private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public DeafListener()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";
            for (var i = 0; i < 8; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _waiting.Add(socket);
                _ = socket.ConnectAsync(_listener.LocalEndPoint).ContinueWith(done => done.Exception, TaskScheduler.Default);
            }
        }

        public string Url { get; }

        public void Dispose()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
