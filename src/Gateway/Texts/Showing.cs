namespace Gateway.Texts;

/// <summary>To whom a site is shown.</summary>
internal enum Showing
{
    /// <summary>To its visitors.</summary>
    Live,

    /// <summary>By <c>gateway preview</c>, on the operator's own machine, in frames.</summary>
    Preview,

    /// <summary>To the one browser that opened a preview link, while others are not asked yet: it is said to be a test.</summary>
    Test,
}
