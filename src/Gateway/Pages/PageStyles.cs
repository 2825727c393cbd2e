using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The style sheet of the gateway's own pages: a file, so that no inline style is needed under their strict policy.</summary>
internal static class PageStyles
{
    private static readonly Lazy<string> Common = new(() => EmbeddedFile.Read("pages.css").TrimEnd());

    public static HashedFile For(SiteNotice notice) =>
        new(Encoding.UTF8.GetBytes(notice.Banner.Theme.ToCss(":root") + Common.Value), notice.Prefix, ".css");
}
