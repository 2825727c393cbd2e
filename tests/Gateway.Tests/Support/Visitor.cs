using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>A simple browser: it stores cookies, follows links and submits the form of the settings page.</summary>
/// <param name="host">The host of the site as in the address bar.</param>
/// <param name="jar">Shared by the hosts that one person visits.</param>
/// <param name="isTls">Whether the address begins with https.</param>
internal sealed class Visitor(TestGateway gateway, string host = "localhost", Jar? jar = null, bool isTls = false)
{
    public Jar Jar { get; } = jar ?? new Jar(gateway.Time);

    public Uri Address(string path) => new($"{(isTls ? "https" : "http")}://{host}{path}");

    public Task<HttpResponseMessage> NavigateAsync(string path) => SendAsync(HttpMethod.Get, path, Requests.Navigation);

    public Task<HttpResponseMessage> ChooseAsync(string json) =>
        SendAsync(HttpMethod.Post, "/_choices/choice", [("Sec-Fetch-Site", "same-origin")], new StringContent(json, null, "application/json"));

    /// <summary>The ticked check boxes of the settings page.</summary>
    public async Task<IReadOnlyList<string>> TickedAsync() =>
        [.. (await SettingsAsync("/")).QuerySelectorAll<IHtmlInputElement>("input[type=checkbox]").Where(box => box.IsChecked).Select(Pair)];

    /// <summary>Opens the settings page, ticks exactly these boxes (<c>name=value</c>) and presses the button.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string button, string? tick = null, string from = "/")
    {
        var page = await SettingsAsync(from);
        var form = page.QuerySelector<IHtmlFormElement>("form")!;
        Assert.NotNull(form.QuerySelector($"button[name=choice][value={button}]"));
        var boxes = form.QuerySelectorAll<IHtmlInputElement>("input[type=checkbox]").Select(Pair).Where(box => box == tick);
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(Pair);
        var fields = string.Join('&', hidden.Concat(boxes).Append($"choice={button}"));
        return await SendAsync(
            new HttpMethod(form.Method), form.GetAttribute("action")!,
            [.. Requests.Fetch("document", "navigate", "same-origin"), ("Origin", $"{Address("/").Scheme}://{host}")],
            new StringContent(fields, null, "application/x-www-form-urlencoded"));
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, IEnumerable<(string, string)> headers, HttpContent? content = null)
    {
        var client = isTls ? gateway.Tls : gateway.Client;
        var address = Address(path);
        var cookies = Jar.Header(address);
        var request = Requests.To(
            new Uri(client.BaseAddress!, path), method, [("Host", host), .. headers, .. cookies is null ? [] : new[] { ("Cookie", cookies) }]);
        request.Content = content;
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Jar.Take(address, response.SetCookies());
        return response;
    }

    private async Task<IDocument> SettingsAsync(string from)
    {
        var response = await SendAsync(HttpMethod.Get, "/_choices/?return=" + Uri.EscapeDataString(from), Requests.Navigation);
        response.Answers(HttpStatusCode.OK);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext.New().OpenAsync(page => page.Content(html), TestContext.Current.CancellationToken);
    }

    private static string Pair(IHtmlInputElement input) => $"{input.Name}={Uri.EscapeDataString(input.Value)}";
}
