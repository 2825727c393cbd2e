using System.Text;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>
/// The texts of a site's third and further languages: an ES module each, which the script imports on pages in that language alone.
/// </summary>
internal static class TextModules
{
    /// <summary>How many of the site's languages, the first ones, the script holds itself.</summary>
    public const int Held = 2;

    /// <summary>By language; empty for a site with few.</summary>
    public static IReadOnlyDictionary<string, HashedFile> Of(ScriptFeatures features) => features.FurtherLanguages.ToDictionary(
        language => language,
        language => new HashedFile(
            Encoding.UTF8.GetBytes($"export default {ScriptData.Literal(ScriptData.Texts(features.Notice, language))};\n"), features.Notice.Prefix, ".mjs"));
}
