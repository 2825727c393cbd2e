namespace Gateway.Consent;

/// <summary>What a visitor said of one category.</summary>
internal enum Answer
{
    /// <summary>Nothing, or of an older version of the category: counts as no.</summary>
    NotAsked,
    Refused,
    Granted,
}

/// <summary>An answer and the version of the category it was given to.</summary>
/// <param name="Version">See <see cref="PolicyVersion"/>.</param>
/// <param name="Granted">False: refused.</param>
internal readonly record struct GivenAnswer(string Version, bool Granted);
