using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Edge.Proxy;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>NTLM and Negotiate authenticate a connection: it is never shared, and the log-in works.</summary>
public class ConnectionLoginTests
{
    [Theory, Row("K12")]
    [InlineData("NTLM")]
    [InlineData("Negotiate")]
    public async Task Each_client_connection_keeps_the_user_that_it_authenticated(string scheme)
    {
        await using var gateway = await StartAsync();
        var users = Enumerable.Range(0, 8).Select(async user =>
        {
            using var client = Client(gateway);
            Assert.Equal("401", await AskAsync(client, null));
            Assert.Equal($"401 {scheme} challenge", await AskAsync(client, $"{scheme} 1 user{user}"));
            Assert.Equal($"200 user{user}", await AskAsync(client, $"{scheme} 3 user{user}"));
            for (var page = 0; page < 20; page++)
                Assert.Equal($"200 user{user}", await AskAsync(client, null));
        });
        await Task.WhenAll(users);

        using var stranger = Client(gateway);
        for (var page = 0; page < 20; page++)
            Assert.Equal("401", await AskAsync(stranger, null));
    }

    [Fact, Row("K12")]
    public async Task The_private_backend_connection_closes_with_the_client_connection()
    {
        await using var gateway = await StartAsync();
        using (var client = Client(gateway))
        {
            await AskAsync(client, "NTLM 1 user");
            await AskAsync(client, "NTLM 3 user");
        }

        using var next = Client(gateway);
        Assert.Equal("401", await AskAsync(next, null));
    }

    [Fact]
    public async Task One_client_cannot_use_up_the_log_ins_of_the_others()
    {
        await using var gateway = await StartAsync();
        var clients = Enumerable.Range(0, ConnectionLogins.MostOfOneNetwork + 1).Select(_ => Client(gateway)).ToList();
        var answers = await Task.WhenAll(clients.Select(client => AskAsync(client, "NTLM 1 user")));
        Assert.Equal(1, answers.Count(answer => answer == "401"));

        using var other = Client(gateway, IPAddress.Parse("127.0.0.2"));
        Assert.Equal("401 NTLM challenge", await AskAsync(other, "NTLM 1 user"));

        clients.ForEach(client => client.Dispose());
        await Eventually.IsTrueAsync(async () =>
        {
            using var again = Client(gateway);
            return await AskAsync(again, "NTLM 1 user") == "401 NTLM challenge";
        });
    }

    [Fact, Row("K12")]
    public async Task Over_HTTP_2_connection_log_ins_are_neither_offered_nor_forwarded()
    {
        await using var gateway = await StartAsync();
        var request = Requests.To(gateway.TlsUrl, HttpMethod.Get, ("Authorization", "NTLM 1 user"));
        var response = await gateway.Http2.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Basic realm=\"x\""], response.Lines("WWW-Authenticate"));
        Assert.Equal("", gateway.Received[^1].Headers.Authorization.ToString());
        Assert.Contains(gateway.Log, line => line.Contains("the offer of a log-in by NTLM or Negotiate was removed", StringComparison.Ordinal));
    }

    [Fact, Row("K12")]
    public async Task Behind_a_shared_proxy_connection_log_ins_are_not_offered()
    {
        await using var gateway = await StartAsync(behindProxy: true);
        var response = await gateway.GetAsync("/", ("X-Forwarded-For", "192.0.2.1"));
        Assert.Equal(["Basic realm=\"x\""], response.Lines("WWW-Authenticate"));
        await gateway.GetAsync("/", ("X-Forwarded-For", "192.0.2.1"), ("Authorization", "Negotiate 3 user"));
        Assert.Equal("", gateway.Received[^1].Headers.Authorization.ToString());
    }

    [Fact]
    public async Task Other_authentication_schemes_pass_unchanged()
    {
        await using var gateway = await StartAsync(behindProxy: true);
        await gateway.GetAsync("/", ("X-Forwarded-For", "192.0.2.1"), ("Authorization", "Basic dTpw"));
        Assert.Equal("Basic dTpw", gateway.Received[^1].Headers.Authorization);
    }

    /// <summary>A backend that authenticates connections.</summary>
    private static Task<TestGateway> StartAsync(bool behindProxy = false)
    {
        var users = new ConcurrentDictionary<string, (string User, bool IsIn)>();
        return TestGateway.StartAsync(
            context =>
            {
                var connection = context.Connection.Id;
                var response = context.Response;
                if (context.Request.Headers.Authorization.ToString().Split(' ') is [("NTLM" or "Negotiate") and var scheme, var step, var user])
                {
                    if (step == "1")
                    {
                        users[connection] = (user, false);
                        response.StatusCode = 401;
                        response.Headers.WWWAuthenticate = $"{scheme} challenge";
                        return response.WriteAsync($" {scheme} challenge");
                    }

                    if (users.TryGetValue(connection, out var begun) && begun.User == user)
                        users[connection] = (user, true);
                }

                if (users.TryGetValue(connection, out var known) && known.IsIn)
                    return response.WriteAsync(" " + known.User);
                response.StatusCode = 401;
                response.Headers.WWWAuthenticate = new(["NTLM", "Negotiate", "Basic realm=\"x\""]);
                return Task.CompletedTask;
            },
            config: config => TestCertificate.AlsoTls(behindProxy ? config with { TrustedProxies = ["127.0.0.1"] } : config));
    }

    private static HttpClient Client(TestGateway gateway, IPAddress? from = null)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false, UseProxy = false };
        if (from is not null)
            handler.ConnectCallback = (context, cancellation) => ConnectAsync(from, context.DnsEndPoint, cancellation);
        return new HttpClient(handler) { BaseAddress = gateway.Url };
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, DnsEndPoint to, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(to, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<string> AskAsync(HttpClient client, string? authorization)
    {
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        var response = await client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, headers), TestContext.Current.CancellationToken);
        return (int)response.StatusCode + await response.BytesAsync();
    }
}
