namespace Gateway.Benchmarks.SideBySide;

/// <summary>What one proxy took for one workload, round by round.</summary>
internal sealed class Measured(string proxy)
{
    private readonly List<double> _cpu = [], _rate = [], _firstByte = [], _allocated = [], _resident = [];

    public string Proxy => proxy;

    /// <summary>CPU microseconds per request.</summary>
    public IReadOnlyList<double> Cpu => _cpu;

    public double Rate => Statistics.Median(_rate);

    /// <summary>Microseconds until the first byte.</summary>
    public double FirstByte => Statistics.Median(_firstByte);

    /// <summary>Bytes allocated per request; null where that cannot be told.</summary>
    public double? Allocated => _allocated.Count == 0 ? null : Statistics.Median(_allocated);

    /// <summary>Resident MiB at the end of a round.</summary>
    public double Resident => Statistics.Median(_resident);

    public async Task RoundAsync(Child child, string request, Options options)
    {
        var (cpu, allocated) = (child.CpuSeconds(), await child.AllocatedAsync());
        var driven = await Load.DriveAsync(child.Port, request, options.Requests, options.MostSeconds);
        _cpu.Add((child.CpuSeconds() - cpu) * 1e6 / driven.Requests);
        if (await child.AllocatedAsync() is { } after)
            _allocated.Add((double)(after - allocated!.Value) / driven.Requests);
        _rate.Add(driven.Requests / driven.Seconds);
        _firstByte.Add(driven.FirstByteMicroseconds);
        _resident.Add(child.ResidentMiB());
    }
}
