namespace Gateway.Html;

/// <summary>What request and response headers say of a page beside its coding.</summary>
/// <param name="CharsetIsNamed">
/// The header names the charset: browsers then do not search the page for it, and the line may push its declaration.
/// </param>
/// <param name="IsUninvited">The client did not ask for gzip: a page in it is decoded.</param>
internal readonly record struct PeekTerms(bool CharsetIsNamed = false, bool IsUninvited = false);
