using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Gateway.Benchmarks.Roles;

/// <summary>The types that a proxy allocates, from the runtime's allocation samples (one per 100 kB). Enabled by GATEWAY_PROFILE=1.</summary>
internal sealed class AllocationProfile : EventListener
{
    private const EventKeywords Gc = (EventKeywords)0x1;

    private readonly ConcurrentDictionary<string, long> _bytes = new();

    public void Print()
    {
        var all = _bytes.Values.Sum();
        foreach (var (type, bytes) in _bytes.OrderByDescending(pair => pair.Value).Take(40))
            Console.Error.WriteLine($"{100.0 * bytes / all,6:0.0} %  {type}");
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && eventData.Payload is [var bytes, _, _, _, _, string type, ..])
            _bytes.AddOrUpdate(type, Convert.ToInt64(bytes), (_, sum) => sum + Convert.ToInt64(bytes));
    }
}
