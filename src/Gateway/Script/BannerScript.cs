using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The script of one site, the same for every visitor: guard, banner, control.</summary>
internal sealed class BannerScript
{
    // V8's explicit compile hint: nearly all functions run at once, so they are compiled where the script is parsed, beside the page's own
    // thread, and not one by one while the page waits. To other browsers it is a comment.
    private const string CompileHint = "//# allFunctionsCalledOnLoad";

    private BannerScript(HashedFile file, ScriptModules modules)
    {
        File = file;
        Modules = modules;
        Line = Encoding.ASCII.GetBytes($"<script src=\"{file.Path}\" data-gateway=\"\"></script>");
    }

    public HashedFile File { get; }

    /// <summary>What it may import.</summary>
    public ScriptModules Modules { get; }

    /// <summary>The first 16 hex digits of the SHA-256 of the script.</summary>
    public string Hash => File.Hash;

    /// <summary>Absolute path under which it is served.</summary>
    public string Path => File.Path;

    /// <summary>The one line that is put into pages: ASCII, constant for the site.</summary>
    public byte[] Line { get; }

    /// <summary>The line with the nonce of the page it goes into.</summary>
    /// <param name="nonce">Of base64 characters only, as <c>ScriptPolicy</c> reads it.</param>
    public byte[] LineWith(string nonce) => Encoding.ASCII.GetBytes($"<script src=\"{File.Path}\" nonce=\"{nonce}\" data-gateway=\"\"></script>");

    /// <summary>
    /// The built files that a site needs, and its data, in one function. No failure in it reaches the page, whose own scripts come next: it is
    /// reported with the name of the part, and the other parts run.
    /// </summary>
    public static BannerScript Render(SiteNotice notice)
    {
        var features = new ScriptFeatures(notice);
        var modules = ScriptModules.Of(features);
        var styles = JsonEncodedText.Encode(BannerStyles.Of(notice.Banner), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var code = new StringBuilder();
        code.Append($"{CompileHint}\n(()=>{{\"use strict\";try{{const g={{{Key("css")}:\"{styles}\",{Key("site")}:{ScriptData.Literal(ScriptData.Write(features, modules.Texts, modules.Dialogs))}}};");
        var parts = features.Parts;
        foreach (var part in parts)
            Try(BuiltScript.Read(part == "main" && parts.Count > 1 ? "main-with-parts.js" : part + ".js"), part);
        Try($"g.{Key("start")}()", "start");
        code.Append("}catch{}})();\n");
        return new(new HashedFile(Encoding.UTF8.GetBytes(code.ToString()), notice.Prefix, ".js"), modules);

        static string Key(string name) => BuiltScript.NameOf(name);
        void Try(string script, string part) => code.Append($"try{{{script}}}catch{{g.{Key("fail")}(\"{part}\")}}");
    }
}
