namespace Gateway.Benchmarks.SideBySide;

/// <summary>The measurements of one proxy under one workload, by round.</summary>
/// <param name="proxy">Name of the proxy.</param>
/// <param name="seconds">Time limit of a round in seconds; infinite if every round sends all requests.</param>
internal sealed class Measured(string proxy, double seconds)
{
    private readonly List<double> _requests = [], _cpu = [], _rate = [], _firstByte = [], _allocated = [], _resident = [];
    private readonly List<Turn> _turns = [];

    public string Proxy => proxy;

    /// <summary>Whether rounds end at the time limit, before all requests are sent.</summary>
    public bool IsSampled => double.IsFinite(seconds);

    /// <summary>Requests in a round.</summary>
    public double Requests => Statistics.Median(_requests);

    /// <summary>CPU microseconds per request.</summary>
    public IReadOnlyList<double> Cpu => _cpu;

    public double Rate => Statistics.Median(_rate);

    /// <summary>Microseconds until the first byte.</summary>
    public double FirstByte => Statistics.Median(_firstByte);

    /// <summary>Bytes allocated per request; null if the proxy does not report it.</summary>
    public double? Allocated => _allocated.Count == 0 ? null : Statistics.Median(_allocated);

    /// <summary>Resident MiB at the end of a round.</summary>
    public double Resident => Statistics.Median(_resident);

    /// <summary>Measures a part of the current round.</summary>
    /// <param name="requests">Requests in the whole round.</param>
    /// <param name="turns">Turns in the whole round.</param>
    public async Task TakeTurnAsync(Child child, string request, int requests, int turns)
    {
        var (cpu, allocated) = (child.CpuSeconds(), await child.AllocatedAsync());
        var driven = await Load.DriveAsync(child.Port, request, requests / turns, seconds / turns);
        _turns.Add(new(driven, child.CpuSeconds() - cpu, await child.AllocatedAsync() - allocated));
    }

    public void EndRound(Child child)
    {
        double requests = _turns.Sum(turn => turn.Driven.Requests);
        _requests.Add(requests);
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
