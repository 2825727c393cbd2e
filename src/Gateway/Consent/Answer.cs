namespace Gateway.Consent;

/// <summary>A visitor's answer for one category.</summary>
internal enum Answer
{
    /// <summary>No answer, or one to another version of the category; has the effect of a refusal.</summary>
    NotAsked,
    Refused,
    Granted,
}

/// <summary>An answer, and the version of the category for which it was given.</summary>
/// <param name="Version">See <see cref="PolicyVersion"/>.</param>
/// <param name="Granted">False: refused.</param>
internal readonly record struct GivenAnswer(string Version, bool Granted);
