using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>One gateway in front of a legacy site for all cells of a matrix. Each state has its own gateway and may advance its clock.</summary>
public sealed class WireFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _once = new();
    private readonly RawBackend _backend = RawBackend.Start(LegacyCookies.Answer);

    internal TestGateway Gateway { get; private set; } = null!;

    internal RawRequest Received => _backend.Received.Last();

    public async ValueTask InitializeAsync() =>
        Gateway = await TestGateway.StartAsync([TestSites.Library(_backend.Url.ToString())], TestCertificate.AlsoTls);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    /// <summary>What the visitor did before the matrix. Done once, because choices are rate-limited.</summary>
    internal Task<string?> OnceAsync(Func<TestGateway, Task<string?>> act) => _once.GetOrAdd("", _ => new(() => act(Gateway))).Value;

    /// <summary>Navigates to one cell.</summary>
    internal Task<HttpResponseMessage> AskAsync(int status, string type, string version, string method, string cookies, params (string, string)[] signals)
    {
        var client = version == "2.0" ? Gateway.Http2 : Gateway.Client;
        var url = new Uri(client.BaseAddress!, string.Create(CultureInfo.InvariantCulture, $"/?{status}&{type}"));
        var request = Requests.To(url, new HttpMethod(method), [.. Requests.Navigation, .. signals, ("Cookie", cookies)]);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
