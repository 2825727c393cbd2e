using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The ES modules that the script of a site imports when it needs them. They are named by their content.</summary>
/// <param name="Texts">
/// The words of the site's third and further languages, by language: the script imports them on pages in that language alone.
/// </param>
/// <param name="Dialogs">The dialog with its words and styles, by language. The script imports it when a visitor opens it.</param>
internal sealed record ScriptModules(IReadOnlyDictionary<string, HashedFile> Texts, IReadOnlyDictionary<string, HashedFile> Dialogs)
{
    /// <summary>How many of the site's languages, the first ones, the script holds itself.</summary>
    public const int Held = 2;

    public static ScriptModules Of(ScriptFeatures features) => new(
        features.FurtherLanguages.ToDictionary(
            language => language, language => Module(features, $"export default {ScriptData.Literal(ScriptData.Texts(features.Notice, language))};\n")),
        features.Notice.Languages.ToDictionary(language => language, language => Module(features, Dialog(features.Notice, language))));

    /// <summary>The module at a path below the prefix; null if there is none.</summary>
    public HashedFile? Find(string path) => Texts.Values.Concat(Dialogs.Values).FirstOrDefault(module => path == $"/{module.Hash}.mjs");

    private static HashedFile Module(ScriptFeatures features, string text) => new(Encoding.UTF8.GetBytes(text), features.Notice.Prefix, ".mjs");

    private static string Dialog(SiteNotice notice, string language)
    {
        var styles = JsonEncodedText.Encode(BuiltScript.Read("dialog.css"), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var words = ScriptData.Literal(ScriptData.DialogTexts(notice, language));
        return $"export default(g,w)=>{{Object.assign(w,{words});g.{BuiltScript.NameOf("dialogCss")}=\"{styles}\";{BuiltScript.Read("dialog.js")}}};\n";
    }
}
