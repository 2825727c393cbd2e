namespace Gateway.Texts;

/// <summary>The options of the cookie policy page.</summary>
internal sealed record PolicyOptions
{
    /// <summary>Paths of the site that show the policy.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The day on which the table was last compared with the site; shown as the date of the policy.</summary>
    public DateOnly? Reviewed { get; init; }
}
