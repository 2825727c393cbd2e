using BenchmarkDotNet.Attributes;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Benchmarks.Micro;

/// <summary>The work on cookies in every request and response.</summary>
[MemoryDiagnoser]
public class CookieBenchmarks : IDisposable
{
    private static readonly string[] Lines = [.. Sample.SetCookies.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["Set-Cookie: ".Length..])];

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly KnownStates _known = new(TimeProvider.System);
    private Site _site = null!;
    private string _cookies = "";
    private Grants _grants = null!;

    /// <summary>Entries in the table.</summary>
    [Params(10, 500)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _site = Sample.Snapshot(Sample.Config("http://127.0.0.1:1", Entries)).Sites[0];
        _cookies = Sample.Cookies(_site);
        _grants = ConsentCookie.Read(_cookies, _site.Rules, _now).State.Grants;
    }

    [Benchmark]
    public bool LookUp() => _site.Table.Find("csrftoken") is not null;

    [Benchmark]
    public bool ReadConsent() => ConsentCookie.Read(_cookies, _site.Rules, _now, _known).HasForeign;

    [GlobalCleanup]
    public void Dispose()
    {
        _known.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int CutRequestCookies() => CookieHeaderFilter.Filter(_cookies, _site.Table, _grants, _site.GatewayCookie).Cut.Count;

    [Benchmark]
    public int FilterSetCookies()
    {
        var kept = 0;
        foreach (var line in Lines)
            kept += SetCookieFilter.Filter(line, new(_site.Table, _grants, _site.GatewayCookie, _cookies, _now)).Line is null ? 0 : 1;
        return kept;
    }
}
