namespace Gateway.Benchmarks.InBrowser;

/// <summary>A row of the table in BANNER.md.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Target">The target and, in parentheses, the best of other tools.</param>
/// <param name="How">How it is measured, for the list below the table.</param>
internal sealed record Figure(string Name, string Target, string How)
{
    public static readonly Figure
        Size = new("script, styles, two languages, both layers, 50 entries; Brotli", "≤ 8 kB (7.0 with one layer; 13.0)", "Size of the script file as the gateway serves it with Brotli."),
        Requests = new("requests added on a first view / a later view", "1 / 0", "Requests to the network, from resource timing. Responses from the browser's cache do not count."),
        Paint = new("first contentful paint added: first view / later views", "≤ one round trip + 10 ms / ≤ 3 ms", "Paint timing of the page with the gateway's script minus the same page without it. Medians; the two pages alternate, each view in a new profile. Loopback; slow: 150 ms latency, 1.6 Mbit/s and a four times slower CPU, emulated over CDP."),
        Visible = new("banner visible after first contentful paint: loopback / slow 4G and CPU x4", "≤ 10 ms / ≤ 20 ms (14 / 115)", "Time from first contentful paint (when the frame is on the screen) until the main thread has finished the first frame in which the banner is visible; 0 if that is before the paint."),
        Cpu = new("script CPU / main-thread CPU added", "≤ 4 ms / ≤ 10 ms (5.1 / 11.9)", "Performance.getMetrics in thread time, half a second after load, with the gateway's script minus without it. Script CPU is ScriptDuration plus V8CompileDuration; main-thread CPU is TaskDuration."),
        LongTasks = new("long tasks at CPU x4, added / longest", "0 (2)", "Long Tasks API with the slow profile: median number of long tasks with the gateway's script minus without it, and the median of the longest one, with and without it."),
        Shift = new("layout shift", "0 (0)", "Layout Instability API (Chromium); number of the page's elements whose box differs from the page without the gateway's script (both browsers)."),
        Opening = new("opening of the dialog", "", "Time from the press of Customise until the dialog with its fifty entries is open. It is loaded then, over the loopback interface."),
        Heap = new("JS heap added", "≤ 120 kB (147)", "JSHeapUsedSize after two garbage collections, with the gateway's script minus without it."),
        Phone = new("share of a 360 x 640 screen covered", "≤ 50 % (18–46 %)", "Area of the banner divided by the area of the window."),
        Small = new("share of a 320 x 256 screen covered; unreachable there", "all reachable (46–92 %)", "Parts of the banner that neither focus nor scrolling inside it brings fully into view."),
        Axe = new("axe-core violations: banner, dialog, saved message, settings, policy; plain, hostile CSS, dark, forced colours", "0", "axe-core 4.14, rules for WCAG 2.0 to 2.2 A and AA and best practice. On pages with hostile CSS only the gateway's elements are checked. Dark mode and forced colours in Chromium only, because BiDi in this Firefox cannot emulate them."),
        Changed = new("computed properties of the banner changed by hostile CSS", "0 (27)", "All computed properties and boxes of every visible element of banner, dialog and saved message under six style sheets, compared with the page without them."),
        Broken = new("violations under strict CSP and Trusted Types", "0 (0)", "securitypolicyviolation events while the banner is shown, the dialog opens, a visitor refuses, and later accepts."),
        Left = new("tracker cookies or keys left after refuse / after withdraw", "0 / 0 (1 / 2)", "Cookies set over HTTP, HttpOnly, with a path, for the parent domain and by script; local and session storage. The figure is what the browser has after the choice and after one more page.");
}
