using System.Text;

namespace Gateway.Cookies;

/// <summary>
/// The spellings of a cookie name in headers. A header has bytes, and the gateway reads each byte as one character (Latin-1). A site can send
/// <c>café</c> in Latin-1 or in UTF-8, where it reads <c>cafÃ©</c>; browsers and scripts write UTF-8.
/// </summary>
internal static class NameSpellings
{
    /// <summary>The spellings of a declared name or pattern: the name itself, and its bytes in UTF-8 if they differ.</summary>
    public static IEnumerable<string> Of(string name) =>
        Ascii.IsValid(name) ? [name] : [name, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name))];
}
