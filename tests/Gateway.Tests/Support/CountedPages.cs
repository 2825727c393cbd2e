using System.Diagnostics.Metrics;
using Gateway.Edge;

namespace Gateway.Tests.Support;

/// <summary>Records the labels that a counter of a gateway reports, in order. The default is the counter of pages.</summary>
internal sealed class CountedPages : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _results = [];

    public CountedPages(TestGateway gateway, string counter = "gateway.pages")
    {
        var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(Telemetry.MeterName);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, ours) && instrument.Name == counter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _results.Add((string)tags[0].Value!));
        _listener.Start();
    }

    public IReadOnlyList<string> Results => _results;

    public void Dispose() => _listener.Dispose();
}
