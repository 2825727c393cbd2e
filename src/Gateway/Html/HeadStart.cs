namespace Gateway.Html;

/// <summary>
/// Decides whether the script may follow the first bytes of a head instead of preceding them: it is still in the head, no script runs
/// before it, and nothing changes how it is loaded.
/// </summary>
/// <remarks>It must not follow a base, which changes the host of its address, nor a policy in a meta.</remarks>
internal static class HeadStart
{
    /// <param name="bytes">The bytes between the two places, both of which are tag boundaries.</param>
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

    /// <summary>The length of a title element, whose text contains no markup; 0 where its end tag is not among the bytes.</summary>
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
