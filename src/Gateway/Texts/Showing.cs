namespace Gateway.Texts;

/// <summary>To whom a site is shown.</summary>
internal enum Showing
{
    /// <summary>To the visitors of the site.</summary>
    Live,

    /// <summary>By <c>gateway preview</c>, in frames on the operator's machine.</summary>
    Preview,

    /// <summary>To a browser that opened a preview link. The pages state that it is a test.</summary>
    Test,
}
