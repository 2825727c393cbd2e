using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>Repeated views of one page.</summary>
internal sealed class Views
{
    private readonly List<Times> _times = [];

    public void Add(Times times) => _times.Add(times);

    public double Median(Func<Times, double> value) => Statistics.Median([.. _times.Select(value)]);

    /// <summary>Difference of the medians: this page minus the bare one.</summary>
    public double Over(Views bare, Func<Times, double> value) => Median(value) - bare.Median(value);

    /// <summary>Time from first contentful paint to the banner; 0 if the banner was ready before, for it is not on the screen before the paint.</summary>
    public double Delay() => Median(times => Math.Max(0, times.Visible - times.Paint));
}
