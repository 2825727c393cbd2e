using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>A page viewed again and again, in turn with others.</summary>
internal sealed class Views
{
    private readonly List<Times> _times = [];

    public void Add(Times times) => _times.Add(times);

    public double Median(Func<Times, double> value) => Statistics.Median([.. _times.Select(value)]);

    /// <summary>What this one's median has more.</summary>
    public double Over(Views bare, Func<Times, double> value) => Median(value) - bare.Median(value);

    /// <summary>From the paint to the banner, which is not on the screen before the page is.</summary>
    public double Delay() => Median(times => Math.Max(0, times.Visible - times.Paint));
}
