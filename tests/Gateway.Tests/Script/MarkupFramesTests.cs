using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Frames, objects and embedded images in the page's own markup. Scripts of the page run in them or write to them from outside.</summary>
public sealed class MarkupFramesTests(Browser browser, Firefox firefox)
{
    private static readonly string[] Names = ["m_plain", "m_typed", "m_page", "m_inner", "m_late", "m_object", "m_embed", "m_frame"];

    private static readonly string Body = $"""
        <iframe srcdoc="{Writer("m_plain")}"></iframe>
        <iframe srcdoc="<!doctype html><html lang=fr><head><title>x</title></head><body><p>x</p>{Writer("m_typed")}</body></html>"></iframe>
        <iframe srcdoc="<!doctype html><html lang=fr><head><title>x</title>{Writer("m_page")}</head><body><iframe srcdoc='{Writer("m_inner")}'></iframe></body></html>"></iframe>
        <iframe srcdoc="<p>x</p><script>onload = () => setTimeout(() => {Write("m_late")})</script>"></iframe>
        <object data="/picture.svg" type="image/svg+xml" onload="{Reach("m_object", "this.contentDocument")}"></object>
        <embed src="/picture.svg" type="image/svg+xml" onload="{Reach("m_embed", "this.getSVGDocument()")}">
        <iframe src="/picture.svg" onload="{Reach("m_frame", "this.contentDocument")}"></iframe>
        """;

    [Fact]
    public Task Writes_in_frames_of_the_markup_are_refused_in_Chromium() => browser.RunAsync(page => HoldsAsync(new ChromiumTab(page)));

    [Fact]
    public Task Writes_in_frames_of_the_markup_are_refused_in_Firefox() => firefox.RunAsync(HoldsAsync);

    private static async Task HoldsAsync(ITab tab)
    {
        const string Written = "[...document.cookie.split('; ').map(pair => pair.split('=')[0]), ...Object.keys(localStorage)].filter(name => name.startsWith('m_')).sort()";
        await using var server = await PageServer.StartAsync(Notices.Full);
        await using var observed = await PageServer.StartAsync(Notices.Full with { IsEnforced = false });
        server.Body = observed.Body = Body;
        foreach (var (url, expected) in new[] { (server.Url, []), (observed.Url, Names.Concat(Names)), (server.BareUrl, Names.Concat(Names)) })
        {
            await tab.GotoAsync(url);
            // Each script must run once. In a frame that loads twice, it would run twice.
            await tab.UntilAsync($"document.readyState === 'complete' && window.ran?.length >= {Names.Length}");
            Assert.Equal(Names.Order(StringComparer.Ordinal), await tab.EvaluateAsync<string[]>("window.ran.sort()"));
            Assert.Equal(expected.Order(StringComparer.Ordinal), await tab.EvaluateAsync<string[]>(Written));
        }
    }

    // Uses backticks, because other quotes would end the attribute.
    private static string Write(string name) => $"{{ document.cookie = `{name}=1`; localStorage.{name} = 1; (top.ran ??= []).push(`{name}`) }}";

    private static string Writer(string name) => $"<script>{Write(name)}</script>";

    private static string Reach(string name, string found) => $"const found = {found}; found.cookie = `{name}=1`; found.defaultView.localStorage.{name} = 1; (window.ran ??= []).push(`{name}`)";
}
