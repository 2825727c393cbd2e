using System.Diagnostics.Metrics;
using Gateway.Cookies;

namespace Gateway.Edge;

/// <summary>The gateway's metrics. Label values come from fixed lists, never from a request.</summary>
internal sealed class Telemetry
{
    public const string MeterName = "Gateway";

    private readonly Counter<long> _pages;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _scriptRefusals;
    private readonly Counter<long> _scriptFailures;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _pages = meter.CreateCounter<long>("gateway.pages", "{page}", "Responses to page requests, by whether the script was injected or why not.");
        _failures = meter.CreateCounter<long>("gateway.failures", "{failure}", "Exceptions in the gateway's filter, by part.");
        _scriptRefusals = meter.CreateCounter<long>("gateway.script_refusals", "{name}", "Cookies and storage keys that scripts were not allowed to write (in observe: would not be), by kind.");
        _scriptFailures = meter.CreateCounter<long>("gateway.script_failures", "{page}", "Pages that report a failure of the gateway's own script, by part of the script.");
    }

    public void Failed(FilterPart part) => _failures.Add(1, new KeyValuePair<string, object?>("part", part.ToString()));

    public void ScriptRefused(EntryKind kind) => _scriptRefusals.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    /// <param name="part">Of the script, from the closed list that <c>GuardReport</c> reads.</param>
    public void ScriptFailed(string part) => _scriptFailures.Add(1, new KeyValuePair<string, object?>("part", part));

    public void PageInjected() => _pages.Add(1, new KeyValuePair<string, object?>("result", "injected"));

    /// <param name="reason">Why the script was not injected.</param>
    public void PagePassed(string reason) => _pages.Add(1, new KeyValuePair<string, object?>("result", reason));
}
