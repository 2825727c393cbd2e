using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Tests.Django;

/// <summary>A visitor without JavaScript. It follows links, posts forms with a browser's headers, and stores cookies.</summary>
internal sealed partial class DjangoVisitor : IDisposable
{
    private readonly CookieContainer _jar = new();
    private readonly HttpClient _client;

    public DjangoVisitor(Uri site)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _jar, UseProxy = false, AutomaticDecompression = DecompressionMethods.All };
        _client = new HttpClient(handler) { BaseAddress = site };
    }

    /// <summary>Names of the stored cookies, sorted.</summary>
    public string Jar => string.Join(' ', _jar.GetAllCookies().Select(cookie => cookie.Name).Order(StringComparer.Ordinal));

    /// <summary>HTML of the last page.</summary>
    public string Html { get; private set; } = "";

    public Cookie? Cookie(string name) => _jar.GetAllCookies()[name];

    /// <summary>Follows a link.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts a form with the hidden CSRF token of the last page, if it has one.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (Token().Match(Html) is { Success: true } token)
            form.Add(KeyValuePair.Create("csrfmiddlewaretoken", token.Groups[1].Value));

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return response;
    }

    [GeneratedRegex("name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
