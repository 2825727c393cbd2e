namespace Gateway.Benchmarks.SideBySide;

/// <summary>What one proxy took for one workload, round by round.</summary>
internal sealed class Measured(string proxy)
{
    private readonly List<double> _cpu = [], _rate = [], _firstByte = [], _allocated = [], _resident = [];
    private readonly List<Turn> _turns = [];

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

    /// <summary>A part of the round that is under way.</summary>
    /// <param name="requests">How many are sent.</param>
    /// <param name="most">Stops earlier when so many seconds are over.</param>
    public async Task TakeTurnAsync(Child child, string request, int requests, double most)
    {
        var (cpu, allocated) = (child.CpuSeconds(), await child.AllocatedAsync());
        var driven = await Load.DriveAsync(child.Port, request, requests, most);
        _turns.Add(new(driven, child.CpuSeconds() - cpu, await child.AllocatedAsync() - allocated));
    }

    public void EndRound(Child child)
    {
        double requests = _turns.Sum(turn => turn.Driven.Requests);
        _cpu.Add(_turns.Sum(turn => turn.Cpu) * 1e6 / requests);
        if (_turns.TrueForAll(turn => turn.Allocated is not null))
            _allocated.Add(_turns.Sum(turn => turn.Allocated!.Value) / requests);
        _rate.Add(requests / _turns.Sum(turn => turn.Driven.Seconds));
        _firstByte.Add(Statistics.Median([.. _turns.Select(turn => turn.Driven.FirstByteMicroseconds)]));
        _resident.Add(child.ResidentMiB());
        _turns.Clear();
    }

    private sealed record Turn(Driven Driven, double Cpu, long? Allocated);
}
