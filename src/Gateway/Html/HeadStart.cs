namespace Gateway.Html;

/// <summary>
/// Whether a script behind the first bytes of a head is as good as one in front of them: it is still in the head, nothing
/// ran before it, and nothing changed how it is loaded.
/// </summary>
/// <remarks>Not so behind a base, which moves our address to another host, nor behind a policy in a meta.</remarks>
internal static class HeadStart
{
    /// <param name="bytes">What stands between the two places, both of which are tag boundaries.</param>
    public static bool IsQuiet(ReadOnlySpan<byte> bytes)
    {
        while ((bytes = bytes[Markup.SpaceLength(bytes)..]).Length > 0)
        {
            var token = Token.Read(bytes);
            var length = token.IsStartOf("title"u8) ? TitleLength(bytes, token.Length) : token.Length;
            if (length == 0 || !IsQuiet(token))
                return false;
            bytes = bytes[length..];
        }

        return true;
    }

    private static bool IsQuiet(Token token) => token.Kind switch
    {
        TokenKind.Comment => true,
        TokenKind.StartTag => token.IsStartOf("title"u8)
            || (token.IsStartOf("meta"u8) && !MetaTag.Read(token).IsPolicy)
            || (token.IsStartOf("link"u8) && !HasEventHandler(token)),
        _ => false,
    };

    private static bool HasEventHandler(Token token)
    {
        var attributes = token.ReadAttributes();
        while (attributes.Read())
        {
            if (attributes.Name.Length > 2 && Markup.Is(attributes.Name[..2], "on"u8))
                return true;
        }

        return false;
    }

    /// <summary>A title with its text, in which markup means nothing; 0 when its end tag is not among the bytes.</summary>
    private static int TitleLength(ReadOnlySpan<byte> bytes, int at)
    {
        while (at > 0 && bytes[at..].IndexOf("</"u8) is var next and >= 0)
        {
            at += next;
            var token = Token.Read(bytes[at..]);
            if (token.IsEndOf("title"u8))
                return token.Length == 0 ? 0 : at + token.Length;
            at += 2;
        }

        return 0;
    }
}
