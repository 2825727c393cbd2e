using System.Text;

namespace Gateway.Banner;

/// <summary>The style sheet of the gateway's own pages: a file, so that no inline style is needed under their strict policy.</summary>
internal static class PageStyles
{
    private static readonly Lazy<byte[]> Content = new(() => Encoding.UTF8.GetBytes(EmbeddedFile.ReadLean("colours.css") + EmbeddedFile.ReadLean("pages.css")));

    /// <param name="prefix">Path prefix of the gateway's own pages.</param>
    public static HashedFile For(string prefix) => new(Content.Value, prefix, ".css");
}
