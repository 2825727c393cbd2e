using System.Text;
using Gateway.Script;

namespace Gateway.Banner;

/// <summary>The style sheet of the gateway's own pages: a file, so that no inline style is needed under their strict policy.</summary>
internal static class PageStyles
{
    private static readonly Lazy<string> Common = new(() => BuiltScript.Read("pages.css"));

    public static HashedFile For(SiteNotice notice) =>
        new(Encoding.UTF8.GetBytes(BannerStyles.Tokens(notice.Banner.Theme, ":root") + Common.Value), notice.Prefix, ".css");
}
