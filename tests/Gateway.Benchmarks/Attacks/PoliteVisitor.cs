using System.Diagnostics;

namespace Gateway.Benchmarks.Attacks;

/// <summary>Asks for a small file and for health all the time, on new and on kept connections, and counts what is lost.</summary>
internal sealed class PoliteVisitor : IDisposable
{
    /// <summary>As long as a browser's user waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _visits = [];
    private int _asked;
    private int _lost;
    private int _sick;
    private double _longest;

    public int Asked => _asked;

    public int Lost => _lost;

    /// <summary>Requests for health that failed.</summary>
    public int Sick => _sick;

    /// <summary>The longest answer in milliseconds.</summary>
    public double Longest => _longest;

    /// <param name="health">Null where there is none.</param>
    public void Start(Uri site, Uri? health)
    {
        _visits.Add(VisitAsync(site, TimeSpan.Zero, () => Interlocked.Increment(ref _lost)));
        _visits.Add(VisitAsync(site, TimeSpan.FromMinutes(1), () => Interlocked.Increment(ref _lost)));
        if (health is not null)
            _visits.Add(VisitAsync(health, TimeSpan.Zero, () => Interlocked.Increment(ref _sick)));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_visits);
    }

    public void Dispose() => _stop.Dispose();

    private async Task VisitAsync(Uri url, TimeSpan keep, Action lose)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = keep };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        using var client = new HttpClient(handler) { Timeout = Patience, DefaultRequestHeaders = { Host = "localhost" } };
        while (!_stop.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            try
            {
                Interlocked.Increment(ref _asked);
                using var response = await client.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                    lose();
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                lose();
            }

            _longest = Math.Max(_longest, clock.Elapsed.TotalMilliseconds);
            await Task.Delay(50);
        }
    }
}
