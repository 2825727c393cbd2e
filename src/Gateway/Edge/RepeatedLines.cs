using Gateway.Cookies;

namespace Gateway.Edge;

/// <summary>Sums up lines of the log that repeat: one line a minute, with the number of those that were left out.</summary>
internal sealed class RepeatedLines(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly BoundedMemory<Line> _lines = new(capacity: 1_000, lifetime: TimeSpan.FromHours(1), time);

    /// <param name="key">Stands for lines that say the same.</param>
    /// <returns>How many lines were left out since the last one; null to leave this one out too.</returns>
    public int? Take(string key)
    {
        var now = time.GetUtcNow();
        if (!_lines.TryGet(key, out var line))
        {
            _lines.Set(key, new Line { Next = now + Interval });
            return 0;
        }

        lock (line)
        {
            if (now < line.Next)
            {
                line.LeftOut++;
                return null;
            }

            var leftOut = line.LeftOut;
            (line.LeftOut, line.Next) = (0, now + Interval);
            return leftOut;
        }
    }

    public void Dispose() => _lines.Dispose();

    private sealed class Line
    {
        public DateTimeOffset Next { get; set; }

        public int LeftOut { get; set; }
    }
}
