using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The script of one site, the same for every visitor: guard, banner, dialog, control.</summary>
internal sealed partial class BannerScript
{
    private const string Signals = "signals.js", Audience = "audience.js", Opener = "opener.js", Listeners = "listeners.js", Existing = "existing.js",
        Places = "places.js", Api = "api.js", Google = "google.js", Preview = "preview.js", Further = "modules.js";

    /// <summary>The parts of the script, in the order in which they are put together.</summary>
    public static readonly IReadOnlyList<string> Parts =
    [
        "table.js", Signals, "guard.js", Audience, "frames.js", "report.js", "sweep.js", "choice.js", "view.js", "stand.js",
        Opener, Listeners, Existing, Places, Api, Google, Preview, Further, "gateway.js",
    ];

    // V8's explicit compile hint: nearly all functions run at once, so they are compiled where the script is parsed, beside the page's own
    // thread, and not one by one while the page waits. To other browsers it is a comment.
    private const string CompileHint = "//# allFunctionsCalledOnLoad";

    // By the names of the parts.
    private static readonly ConcurrentDictionary<string, ShortScript> Codes = new();

    private BannerScript(HashedFile file, IReadOnlyDictionary<string, HashedFile> modules)
    {
        File = file;
        Modules = modules;
        Line = Encoding.ASCII.GetBytes($"<script src=\"{file.Path}\" data-gateway></script>");
    }

    public HashedFile File { get; }

    /// <summary>What it may import: its words in the languages that it does not hold itself, by language.</summary>
    public IReadOnlyDictionary<string, HashedFile> Modules { get; }

    /// <summary>The first 16 hex digits of the SHA-256 of the script.</summary>
    public string Hash => File.Hash;

    /// <summary>Absolute path under which it is served.</summary>
    public string Path => File.Path;

    /// <summary>The one line that is put into pages: ASCII, constant for the site.</summary>
    public byte[] Line { get; }

    /// <summary>The line with the nonce of the page it goes into.</summary>
    /// <param name="nonce">Of base64 characters only, as <c>ScriptPolicy</c> reads it.</param>
    public byte[] LineWith(string nonce) => Encoding.ASCII.GetBytes($"<script src=\"{File.Path}\" nonce=\"{nonce}\" data-gateway></script>");

    public static BannerScript Render(SiteNotice notice)
    {
        var script = CodeFor(notice);
        var modules = TextModules.Of(notice, Key);
        var data = ShortScript.Literal(ScriptData.Write(notice, modules, Key));
        var styles = JsonEncodedText.Encode(BannerStyles.Of(notice.Banner), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var code = Blanks().Replace(script.Text, blank => blank.Value == "SITE" ? data : $"\"{styles}\"");

        // Whatever goes wrong stays in here: the page's own scripts come next.
        return new(new HashedFile(Encoding.UTF8.GetBytes($"{CompileHint}\n(()=>{{\"use strict\";try{{{code}}}catch{{}}}})();\n"), notice.Prefix, ".js"), modules);

        string Key(string name) => script.Properties.GetValueOrDefault(name, name);
    }

    // Parts that a site does not need are not sent. SITE and STYLES are filled in for each site.
    private static ShortScript CodeFor(SiteNotice notice)
    {
        string[] parts = [.. Parts.Where(part => part switch
        {
            Signals => notice.Entries.Any(entry => entry.SaleOrShare),
            Audience => notice.Entries.Any(entry => entry.IsAudience),
            Further => notice.Languages.Count > TextModules.Held,
            Listeners => notice.ExistingBanner is not null || notice.Showing == Showing.Preview
                || notice.Signals is { ScriptApi: not null } or { GoogleConsentMode.IsOn: true },
            Existing => notice.ExistingBanner is not null,
            Opener => notice.Banner.Opener is not null,
            Places => notice.PageLanguages.Scopes.Count > 0,
            Api => notice.Signals.ScriptApi is not null,
            Google => notice.Signals.GoogleConsentMode.IsOn,
            Preview => notice.Showing == Showing.Preview,
            _ => true,
        })];
        return Codes.GetOrAdd(string.Join(' ', parts), _ =>
            new ShortScript("const css = STYLES; const site = SITE;" + string.Concat(parts.Select(EmbeddedFile.ReadLean)), "site", "words", "state", "next"));
    }

    [GeneratedRegex("SITE|STYLES")]
    private static partial Regex Blanks();
}
