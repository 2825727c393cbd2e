using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gateway.Tests.Support;

/// <summary>Waits for what another thread or another process does.</summary>
internal static class Eventually
{
    /// <summary>How long a test waits before it fails. Only a failure takes that long: a loaded machine is slow, not wrong.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within <see cref="Limit"/>.</exception>
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

    /// <summary>Waits until a number is above zero and does not grow any more: fifty times in a row it is what it was.</summary>
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
