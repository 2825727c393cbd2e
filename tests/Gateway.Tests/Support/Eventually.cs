using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gateway.Tests.Support;

/// <summary>Waits for another thread or process.</summary>
internal static class Eventually
{
    /// <summary>How long a test waits before it fails. Long, so that a slow machine causes no failure.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">The condition did not become true within <see cref="Limit"/>.</exception>
    public static Task IsTrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        IsTrueAsync(() => Task.FromResult(condition()), text);

    /// <inheritdoc cref="IsTrueAsync(Func{bool}, string)"/>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"Not true within {Limit.TotalSeconds} s: {text}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until a number is above zero and has not changed in fifty consecutive reads.</summary>
    public static async Task StandsStillAsync(Func<long> number)
    {
        var (last, times) = (0L, 0);
        await IsTrueAsync(() =>
        {
            var next = number();
            times = next > 0 && next == last ? times + 1 : 0;
            last = next;
            return times == 50;
        });
    }
}
