using System.Globalization;
using System.Net;
using System.Text;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>Requests as browsers send them, and assertions on the responses.</summary>
internal static class Requests
{
    public const string Html = "<!doctype html><html><head><title>x</title></head><body>hello</body></html>";

    private const string Accept = "text/html,application/xhtml+xml,*/*;q=0.8";

    /// <summary>A navigation by a link over https.</summary>
    public static readonly (string, string)[] Navigation = [("Accept", Accept), .. Fetch("document", "navigate", "none")];

    /// <summary>A navigation by a link over plain http, where browsers send no fetch metadata.</summary>
    public static readonly (string, string)[] PlainNavigation = [("Accept", Accept)];

    public static readonly (string, string)[] Image = [("Accept", "image/*,*/*;q=0.8"), .. Fetch("image", "no-cors", "same-origin")];

    /// <summary>A script's <c>fetch()</c>.</summary>
    public static readonly (string, string)[] ByScript = [("Accept", "*/*"), .. Fetch("empty", "cors", "same-origin")];

    public static (string, string)[] Fetch(string dest, string mode, string site) =>
        [("Sec-Fetch-Dest", dest), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Site", site)];

    public static HttpRequestMessage To(Uri url, HttpMethod method, params IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Host = "localhost";
        foreach (var (name, value) in headers)
        {
            if (name == "Host")
                request.Headers.Host = value;
            else
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return request;
    }

    /// <summary>By GET, over HTTP/1.1 without TLS.</summary>
    public static Task<HttpResponseMessage> GetAsync(this TestGateway gateway, string path, params IEnumerable<(string Name, string Value)> headers) =>
        gateway.Client.SendAsync(To(new Uri(gateway.Url, path), HttpMethod.Get, headers), TestContext.Current.CancellationToken);

    /// <summary>The request that the script sends after a click on a button.</summary>
    public static Task<HttpResponseMessage> ChooseAsync(this HttpClient client, string json, params IEnumerable<(string Name, string Value)> headers)
    {
        var request = To(new Uri(client.BaseAddress!, "/_choices/choice"), HttpMethod.Post, [("Sec-Fetch-Site", "same-origin"), .. headers]);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static IReadOnlyList<string> SetCookies(this HttpResponseMessage response) => response.Lines("Set-Cookie");

    public static IReadOnlyList<string> Lines(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? [.. values]
            : [];

    /// <summary>The only line of that name; null if there is none.</summary>
    public static string? Line(this HttpResponseMessage response, string name) => response.Lines(name).SingleOrDefault();

    /// <summary>The Content-Length that was sent. The property of the framework computes one if there was none.</summary>
    public static long? SaidLength(this HttpResponseMessage response) =>
        response.Line("Content-Length") is { } length ? long.Parse(length, CultureInfo.InvariantCulture) : null;

    /// <summary>The body, with one character for each byte.</summary>
    public static async Task<string> BytesAsync(this HttpResponseMessage response) =>
        Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    public static void Answers(this HttpResponseMessage response, HttpStatusCode status) => Assert.Equal(status, response.StatusCode);
}
