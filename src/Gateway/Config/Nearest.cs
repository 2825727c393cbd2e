namespace Gateway.Config;

/// <summary>Finds the most similar known word, for "Did you mean" suggestions.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the smallest Levenshtein distance, ignoring case; null if none is similar enough.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 64)
            return null;

        var nearest = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault((Candidate: "", Distance: int.MaxValue));
        return nearest.Distance <= (word.Length < 4 ? 1 : Math.Max(2, word.Length / 3)) ? nearest.Candidate : null;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[b.Length];
    }
}
