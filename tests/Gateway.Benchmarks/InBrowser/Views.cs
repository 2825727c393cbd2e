using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The page with the line and the same page without it, viewed in turn.</summary>
internal sealed class Views
{
    private readonly List<Times> _with = [];
    private readonly List<Times> _without = [];

    public void Add(bool hasLine, Times times) => (hasLine ? _with : _without).Add(times);

    public double With(Func<Times, double> value) => Statistics.Median([.. _with.Select(value)]);

    public double Without(Func<Times, double> value) => Statistics.Median([.. _without.Select(value)]);

    /// <summary>What the line adds to a median.</summary>
    public double Added(Func<Times, double> value) => With(value) - Without(value);

    /// <summary>From the paint to the banner.</summary>
    public double Delay() => With(times => times.Visible - times.Paint);
}
