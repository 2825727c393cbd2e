namespace Gateway.Benchmarks.SideBySide;

/// <summary>The median of a ratio over all rounds, with its 95 % interval (bootstrap).</summary>
internal readonly record struct Ratio(double Median, double Low, double High)
{
    /// <summary>The ratio of pairs from the same round, so that differences between rounds cancel out.</summary>
    public static Ratio Of(IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        var ratios = ours.Zip(theirs, (left, right) => left / right).Order().ToArray();
        var random = new Random(1);
        var medians = Enumerable.Range(0, 4000)
            .Select(_ => Statistics.Median(random.GetItems(ratios, ratios.Length)))
            .Order()
            .ToArray();
        return new Ratio(Statistics.Median(ratios), medians[100], medians[3899]);
    }
}

internal static class Statistics
{
    public static double Median(IReadOnlyList<double> values)
    {
        var ordered = values.Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
