using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

public sealed class BannerScriptTests
{
    [Fact]
    public void The_script_element_is_constant_and_pure_ASCII()
    {
        var line = Encoding.UTF8.GetString(BannerScript.Render(Notices.Full).Line);

        Assert.Matches("^<script src=\"/_choices/[0-9a-f]{16}\\.js\" data-gateway=\"\"></script>$", line);
        Assert.Equal(BannerScript.Render(Notices.Full).Line, BannerScript.Render(Notices.Full).Line);
    }

    [Fact]
    public void The_hash_in_the_path_is_the_hash_of_the_bytes()
    {
        var script = BannerScript.Render(Notices.Full);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(script.File.Bytes))[..16], script.Hash);
        Assert.Equal($"/_choices/{script.Hash}.js", script.Path);
    }

    [Fact]
    public void A_different_table_text_or_option_changes_the_hash()
    {
        var notice = Notices.Full;
        SiteNotice[] others =
        [
            Notices.Of([.. notice.Entries.Skip(1)]),
            notice with { Controller = notice.Controller with { Name = "Another" } },
            notice with { Banner = new() { Position = BannerPosition.Top } },
            notice with { Languages = ["fr"] },
            notice with { IsEnforced = false },
        ];

        Assert.Equal(6, others.Append(notice).Select(one => BannerScript.Render(one).Hash).Distinct().Count());
    }

    [Fact]
    public void The_script_contains_only_the_languages_of_the_site()
    {
        var french = Encoding.UTF8.GetString(BannerScript.Render(Notices.Full with { Languages = ["fr"] }).File.Bytes);

        Assert.Contains("Tout accepter", french);
        Assert.DoesNotContain("Accept all", french);
    }

    [Fact]
    public void The_script_contains_only_the_parts_that_the_site_needs()
    {
        static string Script(SiteNotice notice) => Encoding.UTF8.GetString(BannerScript.Render(notice).File.Bytes);

        var plain = Script(Notices.Of([Notices.Ga]));
        Assert.All(new[] { "readyState===\"loading\"", "86400", "dataLayer", "insertRule" }, text => Assert.DoesNotContain(text, plain));
        Assert.Contains("readyState===\"loading\"", Script(Notices.Of([Notices.Ga]).Speaking("en", "fr", "de")));
        Assert.Contains("86400", Script(Notices.Of([Notices.Audience])));
        Assert.Contains("dataLayer", Script(Notices.Of([Notices.Ga]) with { Signals = new() { GoogleConsentMode = new() { AdStorage = "statistics" } } }));
        Assert.Contains("insertRule", Script(Notices.Of([Notices.Ga]) with { ExistingBanner = new() }));
    }

    /// <summary>Each part uses browser names that a minifier cannot shorten. This test detects a missing part without a browser.</summary>
    [Theory]
    [InlineData("the guard of document.cookie, cookieStore and storage", "Document", "cookie", "CookieStore", "Storage", "getOwnPropertyDescriptor", "Max-Age=")]
    [InlineData("the guard of frames", "contentWindow", "contentDocument", "srcdoc", "HTMLIFrameElement")]
    [InlineData("the report of refused names", "/refused", "pagehide")]
    [InlineData("the sweep", "removeItem", "Max-Age=0", "requestIdleCallback")]
    [InlineData("the choice", "/choice", "fetch", "keepalive", "reload")]
    [InlineData("what is seen", "attachShadow", "showModal", "adoptedStyleSheets", "dialog", "checkbox")]
    [InlineData("its place", "showPopover", "scroll-padding", "pageshow", "visibilitychange", "elementsFromPoint")]
    [InlineData("its styles", ".bar", ".pin", ".twins", ".choice", "var(--")]
    public void The_served_script_contains_each_part(string part, params string[] names)
    {
        var script = Encoding.UTF8.GetString(BannerScript.Render(Notices.Full).File.Bytes);
        Assert.All(names, name => Assert.True(script.Contains(name, StringComparison.Ordinal), $"{part}: {name} is missing"));
    }

    [Fact]
    public void Hostile_texts_are_harmless_in_the_script()
    {
        const string Hostile = "</script><!--\u2028\u2029\"'\\\n${x}`é";
        var entry = Notices.Ga with { Provider = Hostile, Purpose = Notices.T(Hostile, Hostile), Names = [Hostile] };
        var bytes = BannerScript.Render(Notices.Of([entry])).File.Bytes;
        var text = Encoding.UTF8.GetString(bytes);

        Assert.DoesNotContain("</script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", text);
        Assert.Contains("\\u003C/script\\u003E\\u003C!--\\u2028\\u2029", text);
        Assert.Contains("é\"", text);
    }

    [Fact]
    public void The_compressed_files_decompress_to_the_script()
    {
        var file = BannerScript.Render(Notices.Full).File;

        Assert.Equal(file.Bytes, Read(new GZipStream(new MemoryStream(file.Gzip), CompressionMode.Decompress)));
        Assert.Equal(file.Bytes, Read(new BrotliStream(new MemoryStream(file.Brotli), CompressionMode.Decompress)));
    }

    [Fact]
    public void The_script_starts_with_the_hint_to_compile_all_functions_on_load() =>
        Assert.StartsWith("//# allFunctionsCalledOnLoad\n(()=>{", Encoding.UTF8.GetString(BannerScript.Render(Notices.Full).File.Bytes), StringComparison.Ordinal);

    // Fifty entries in two languages. The smallest complete consent tool that was measured has 13 kB without its configuration.
    [Fact]
    public void The_compressed_script_has_at_most_10750_bytes() =>
        Assert.InRange(BannerScript.Render(Notices.Of(Notices.Fifty)).File.Brotli.Length, 1000, 10750);

    /// <summary>
    /// Sinks that Trusted Types or a strict policy forbid, and ways to reach the page or the network that the script does not need. frames.js
    /// explains the only exception, which nested frames of a page need.
    /// </summary>
    [Theory, Row("G9")]
    [InlineData(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\.srcdoc|createContextualFragment")]
    [InlineData(@"\beval\b|new Function|setTimeout|setInterval|XMLHttpRequest|sendBeacon|WebSocket")]
    [InlineData(@"\.style\b|cssText|createElement\(""script|\.src\b|javascript:|data:")]
    [InlineData(@"window\.[A-Za-z]+ ?=[^=]|globalThis|__tcfapi|localStorage\.|onclick")]
    public void The_script_uses_no_forbidden_sink(string forbidden) =>
        Assert.All(BuiltScriptTests.Scripts, file =>
        {
            Assert.NotEqual("", BuiltScript.Read(file));
            Assert.DoesNotMatch(new Regex(forbidden), BuiltScript.Read(file));
        });

    // Filter lists hide elements whose names contain such words.
    [Fact]
    public void No_class_id_or_element_name_contains_a_word_that_filter_lists_block()
    {
        var names = Regex.Matches(BuiltScript.Read("main.js"), "(?:class|id):\"([^\"]*)\"|\\w\\(\"([a-z][\\w-]*)\",\\{");

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.DoesNotMatch("(?i)cookie|consent|banner|gdpr|rgpd|privacy|cmp|notice", name.Value));
    }

    [Fact, Requirement(56)]
    public void The_style_sheets_contain_no_animations_or_transitions()
    {
        foreach (var sheet in new[] { "ui.css", "pages.css" })
        {
            Assert.Matches(@"\.choice\b", BuiltScript.Read(sheet));
            Assert.DoesNotMatch("animation|transition|@keyframes|smooth", BuiltScript.Read(sheet));
        }
    }

    private static byte[] Read(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
