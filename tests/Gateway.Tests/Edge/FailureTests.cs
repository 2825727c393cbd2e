using Gateway.Edge;
using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>Where our own code fails: cookies fail closed, pages open. Clock and log are the parts of it that a test can break.</summary>
public class FailureTests
{
    private const string Start = "<!doctype html><html><!-- ";

    private const string Rest = "--><head></head><body>hello</body></html>";

    [Fact]
    public async Task A_page_at_which_we_fail_passes_with_its_own_bytes_and_headers()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/a/b");
        Assert.Equal(Start + Rest, await response.BytesAsync());
        Assert.Equal("\"1\"", response.Line("ETag"));
        Assert.Equal(["error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    [Fact]
    public async Task Where_we_keep_failing_pages_of_that_route_are_left_alone_for_ten_minutes()
    {
        var clock = new BrokenClock();
        await using var gateway = await StartSlowAsync(clock);
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 6; page++)
            await gateway.NavigateAsync($"/a/b/{page}");
        Assert.Equal(["error", "error", "error", "error", "error", "fuse"], counted.Results);
        Assert.Equal("", gateway.Received[^1].Headers.AcceptEncoding.ToString());

        clock.IsBroken = false;
        await gateway.NavigateAsync("/other/");
        await gateway.NavigateAsync("/a/b/");
        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        await gateway.NavigateAsync("/a/b/");
        Assert.Equal(["injected", "fuse", "injected"], counted.Results.Skip(6));
        Assert.Single(gateway.TakeErrors());
    }

    [Fact]
    public async Task Five_failures_in_an_hour_are_no_reason()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 8; page++)
        {
            await gateway.NavigateAsync("/");
            gateway.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.All(counted.Results, result => Assert.Equal("error", result));
        Assert.Equal(8, gateway.TakeErrors().Count);
    }

    [Fact]
    public async Task Where_cookies_cannot_be_filtered_none_passes_either_way()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = new(["sessionid=1", "unlisted=2"]);
            context.Response.Headers.CacheControl = "public, max-age=60";
            return context.Response.WriteAsync("hello");
        });
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(new BrokenLog());
        var response = await gateway.NavigateAsync("/", "sessionid=3; invented=4");
        Assert.Equal("hello", await response.BytesAsync());
        Assert.Empty(response.SetCookies());
        Assert.Contains("private", response.Line("Cache-Control"));
        Assert.Null(gateway.Received[0].Cookie);
        Assert.Equal(2, gateway.TakeErrors().Count);
    }

    // A page whose prologue is not there at once makes us start a timer.
    private static Task<TestGateway> StartSlowAsync(BrokenClock clock) => TestGateway.StartAsync(
        async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ETag = "\"1\"";
            await context.Response.WriteAsync(Start);
            await context.Response.Body.FlushAsync();
            await Task.WhenAny(clock.Asked.Task, Task.Delay(500));
            await context.Response.WriteAsync(Rest);
        },
        time: clock);

    private sealed class BrokenClock() : FakeTimeProvider(Sites.Noon)
    {
        public bool IsBroken { get; set; } = true;

        /// <summary>Done when a timer for a peek was asked for; renewed for the next page.</summary>
        public TaskCompletionSource Asked { get; private set; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == PeekBudget.Limit)
            {
                Asked.TrySetResult();
                Asked = new();
            }

            return IsBroken && dueTime == PeekBudget.Limit ? throw new InvalidOperationException("broken") : base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        private bool _isBroken;

        public ILogger CreateLogger(string categoryName) => new BrokenLog { _isBroken = categoryName.EndsWith(nameof(RefusalLog), StringComparison.Ordinal) };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_isBroken)
                throw new InvalidOperationException("broken");
        }

        public void Dispose() { }
    }
}
