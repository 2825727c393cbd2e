using System.Diagnostics.Metrics;
using Gateway.Cookies;

namespace Gateway.Edge;

/// <summary>What the gateway counts. Labels come from closed lists of ours, never from a request.</summary>
internal sealed class Telemetry
{
    public const string MeterName = "Gateway";

    private readonly Counter<long> _pages;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _scriptRefusals;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _pages = meter.CreateCounter<long>("gateway.pages", "{page}", "Answers to page requests, by what became of the script line.");
        _failures = meter.CreateCounter<long>("gateway.failures", "{failure}", "Failures of the gateway's own code, by part of the filter.");
        _scriptRefusals = meter.CreateCounter<long>("gateway.script_refusals", "{name}", "Names that pages tell their guard refused, or in observe would have, by kind.");
    }

    public void Failed(FilterPart part) => _failures.Add(1, new KeyValuePair<string, object?>("part", part.ToString()));

    public void ScriptRefused(EntryKind kind) => _scriptRefusals.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    public void PageInjected() => _pages.Add(1, new KeyValuePair<string, object?>("result", "injected"));

    /// <param name="reason">Why the page passed without our line.</param>
    public void PagePassed(string reason) => _pages.Add(1, new KeyValuePair<string, object?>("result", reason));
}
