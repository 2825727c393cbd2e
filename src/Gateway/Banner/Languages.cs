namespace Gateway.Banner;

/// <summary>Languages in which the gateway itself can speak to visitors.</summary>
internal static class Languages
{
    /// <summary>Language codes with built-in texts.</summary>
    public static readonly IReadOnlyList<string> Supported = ["en", "fr"];
}
