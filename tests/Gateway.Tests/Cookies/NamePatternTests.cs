using System.Text.RegularExpressions;
using Gateway.Cookies;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>Every pair of short patterns, held against the names they match, which are all written out.</summary>
public sealed class NamePatternTests
{
    private static readonly string[] Texts = [.. Words(3)];

    /// <summary>Names long enough that two patterns of three characters meet in one of them if they meet at all.</summary>
    private static readonly string[] Names = [.. Words(6)];

    private static readonly string[] Patterns =
        [.. Texts.Where(text => text.Length > 0), .. Texts.SelectMany(text => Enumerable.Range(0, text.Length + 1).Select(at => text.Insert(at, "*"))).Distinct()];

    private static readonly Dictionary<string, HashSet<string>> Matches = Patterns.ToDictionary(pattern => pattern, MatchedBy);

    [Fact]
    public void Overlap_is_exact()
    {
        foreach (var a in Patterns)
            Assert.All(Patterns, b => Assert.Equal(Matches[a].Overlaps(Matches[b]), NamePattern.Overlap(a, b)));
    }

    [Fact]
    public void Covering_is_exact()
    {
        foreach (var a in Patterns)
            Assert.All(Patterns, b => Assert.Equal(Matches[b].IsSubsetOf(Matches[a]), NamePattern.Covers(a, b)));
    }

    [Fact]
    public void Two_patterns_that_match_one_name_are_never_left_undecided()
    {
        var patterns = Patterns.Where(text => text.Contains('*')).ToList();
        foreach (var a in patterns)
        {
            Assert.All(patterns.Where(b => b != a && Matches[a].Overlaps(Matches[b])), b =>
                Assert.NotEqual(new NamePattern(a).Precedes(b), new NamePattern(b).Precedes(a)));
        }
    }

    private static HashSet<string> MatchedBy(string pattern)
    {
        var regex = new Regex("^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$");
        return [.. Names.Where(name => regex.IsMatch(name))];
    }

    private static IEnumerable<string> Words(int longest) =>
        longest == 0 ? [""] : Words(longest - 1).SelectMany(word => new[] { word, word + "a", word + "b" }).Distinct();
}
